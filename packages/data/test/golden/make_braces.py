"""Brace expansion by bash: python make_braces.py, writes braces.json beside itself. The words have no spaces, so that echo's parting is exact."""
import json, os, subprocess

patterns = """plain.tar
train-{000..012}.tar
{a,b}.tar
{a,b}{c,d}
x{a,b{1..3}}y
{3..1}
{08..11}
{-2..2}
{-01..1}
{0..10..4}
{10..0..-5}
{1..3..0}
{a..e}
{e..a..2}
{a}
{}
{1..a}
a{b
a}b
{a{b,c}
{a,b}}
{{a,b}
{a}{b,c}
{{1..3}}
{a,b,{c,d},{5..6}}-{x,y}
shard-{0..1}{000..001}.tar.gz""".split("\n")
words = {p: subprocess.run(["bash", "-c", "set -f; echo " + p], capture_output=True, text=True, check=True).stdout.rstrip("\n").split(" ") for p in patterns}
json.dump(words, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "braces.json"), "w"), indent=1)
