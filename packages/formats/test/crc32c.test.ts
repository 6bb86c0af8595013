import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32c } from "@nearfar/formats";

describe("crc32c", () => {
  it("meets the published values", () => {
    // The check value of the catalogue of CRCs (reveng, CRC-32/ISCSI).
    expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
    // RFC 3720, appendix B.4: 32 bytes of zeros, of ones, and 0 to 31; the RFC prints the bytes in reverse.
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
    expect(crc32c(new Uint8Array(0))).toBe(0);
  });

  it("notices every flipped bit", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (bytes, at) => {
        const flipped = bytes.slice();
        flipped[at % bytes.length]! ^= 1 << (at % 8);
        expect(crc32c(flipped)).not.toBe(crc32c(bytes));
      }),
    );
  });
});
