"""Writes events.json with PyPI tensorboard 2.21.0: the bytes of an event file."""

import base64, io, json, pathlib

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter


def summary(**tags: float) -> Summary:
    return Summary(value=[Summary.Value(tag=tag.replace("_", "/"), simple_value=value) for tag, value in tags.items()])


events = [
    Event(wall_time=1700000000.25, file_version="brain.Event:2"),
    Event(wall_time=1700000000.25, step=7, session_log=SessionLog(status=SessionLog.START)),
    Event(wall_time=1700000001.5, step=0, summary=summary(train_loss=5.54)),
    Event(wall_time=1700000002.5, step=128, summary=summary(train_loss=0.0, rate=-1e-3)),
    Event(wall_time=0.0, step=2**40 + 3, summary=summary(**{"图": float("inf")})),
]
file = io.BytesIO()
writer = RecordWriter(file)
for event in events:
    writer.write(event.SerializeToString())
golden = base64.b64encode(file.getvalue()).decode()
(pathlib.Path(__file__).parent / "events.json").write_text(json.dumps({"file": golden}, indent=2) + "\n")
