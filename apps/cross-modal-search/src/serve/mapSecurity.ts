import { securityHeaders } from "./securityHeaders.ts";

/** The policy of the map's own document: regl compiles its drawing commands from text (`Function`). That document holds numbers alone, no captions. */
export const mapSecurity = securityHeaders["Content-Security-Policy"]!.replace(
  "script-src 'self'",
  "script-src 'self' 'unsafe-eval'",
);
