"""Writes npy.json: what numpy saves for a few arrays, in base64, and some that our reader must refuse."""

import base64, io, json, pathlib

import numpy as np


def save(array: np.ndarray, version=None) -> str:
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return base64.b64encode(file.getvalue()).decode()


matrix = np.array([[1.5, -0.1, 3e38], [0, 1e-45, -2]], dtype="<f4")
(pathlib.Path(__file__).parent / "npy.json").write_text(
    json.dumps(
        {
            "f4": save(matrix),
            "f8": save(np.array([0.1, -2.5])),
            "i4": save(np.array([[[-(2**31)], [2**31 - 1]]], dtype="<i4")),
            "i8": save(np.array([-(2**63), 2**63 - 1])),
            "u1": save(np.arange(5, dtype="u1")),
            "scalar": save(np.array(2.5, dtype="<f4")),
            "empty": save(np.zeros((0, 3), dtype="<f4")),
            "f4 version 2": save(matrix, (2, 0)),
            "f4 version 3": save(matrix, (3, 0)),
            "big-endian": save(matrix.astype(">f4")),
            "fortran": save(np.asfortranarray(matrix)),
            "record": save(np.zeros(1, dtype=[("a", "<f4"), ("b", "<i4")])),
            "text": save(np.array(["ab"])),
        },
        indent=2,
    )
    + "\n"
)
