"""The picture of how cost grows with the rows."""

import subprocess

from databases import ROOT

PICTURE = ROOT / "benches/growth.svg"
DRAWN = """set terminal svg size 760,520 font 'sans-serif,12' background rgb 'white'
set output '{picture}'
set logscale x
set format x "%.0s%c"
set xlabel 'observations'
set ylabel 'times the first'
set yrange [0:*]
set grid ytics
set key below maxrows 4 left
plot {lines}
"""


def picture(sizes, grown):
    """Draws, for each thing that was asked, what it costs with so many rows beside what it costs with the fewest."""
    blocks = [f"$figures{number} << END\n" + "".join(f"{size} {ratio:.3f}\n" for size, ratio in zip(sizes, ratios)) + "END\n"
              for number, ratios in enumerate(grown.values())]
    lines = [f"$figures{number} with linespoints title \"{name}\"" for number, name in enumerate(grown)]
    script = "".join(blocks) + DRAWN.format(picture=PICTURE, lines=", ".join(lines))
    subprocess.run(["gnuplot"], input=script, check=True, text=True)
