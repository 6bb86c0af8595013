import { UserError } from "./userError.ts";

const reasons: Record<string, string> = {
  EACCES: "no permission",
  EEXIST: "a file of this name is in the way",
  EISDIR: "this is a folder, a file was expected",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "no such file or folder",
  ENOSPC: "no space left on the device",
  ENOTDIR: "a part of this path is not a folder",
  EPERM: "the operation is not permitted",
  EROFS: "the file system is read-only",
};

/** Turns what the file system refuses into a `UserError` that names the path; any other error is returned as it is. */
export function fileError(path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code];
  return reason === undefined ? error : new UserError(`${path}: ${reason}`);
}
