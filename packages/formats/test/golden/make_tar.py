"""Writes pax.tar.gz, gnu.tar.gz, ustar.tar.gz with Python's tarfile: a plain file, an empty one, a folder, a link, a long and a Chinese name."""

import gzip, io, pathlib, tarfile

here = pathlib.Path(__file__).parent
long = "train/" + "deep/" * 30 + "picture.png"  # 167 characters: more than a name field of 100
files = {"./train/a.txt": b"near", "train/empty": b"", "train/big.bin": bytes(i % 251 for i in range(1300))}
for kind, form in {"pax": tarfile.PAX_FORMAT, "gnu": tarfile.GNU_FORMAT, "ustar": tarfile.USTAR_FORMAT}.items():
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=form) as tar:
        folder = tarfile.TarInfo("train")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
        link = tarfile.TarInfo("train/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
        more = {} if kind == "ustar" else {long + "x" * 90: b"long", "测试/图.txt": b"far"}
        for name, data in {**files, long: b"prefix", **more}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    (here / f"{kind}.tar.gz").write_bytes(gzip.compress(raw.getvalue(), mtime=0))
