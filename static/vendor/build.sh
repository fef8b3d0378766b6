#!/bin/sh
# Builds the files of this folder again from their packages and says whether they are byte for byte the same.
#
#   static/vendor/build.sh          builds into a temporary folder and compares with SHA256SUMS
#   static/vendor/build.sh --keep   also puts what it built here and writes SHA256SUMS anew
#
# Needs node, npm, and Debian's fonts-noto-core, python3-fonttools, python3-brotli.
# After --keep, pack the big files: go generate ./static
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --silent --no-audit --no-fund --ignore-scripts --save-exact \
  htmx.org@4.0.1 echarts@6.1.0 zrender@6.1.0 tslib@2.3.0 esbuild@0.28.2 axe-core@4.14.1
esbuild=node_modules/.bin/esbuild
mkdir -p out axe

# htmx, for the tablets of 2020: its own build keeps private fields.
$esbuild node_modules/htmx.org/dist/htmx.js --minify --target=es2020 --log-level=warning \
  --banner:js='/*! htmx 4.0.1, 0BSD, see htmx.LICENSE.txt */' --outfile=out/htmx.min.js
cp node_modules/htmx.org/LICENSE out/htmx.LICENSE.txt

# ECharts: the parts that charts.entry.mjs names.
cp "$here/charts.entry.mjs" .
$esbuild charts.entry.mjs --bundle --minify --format=iife --global-name=echarts --target=es2020 --log-level=warning \
  --define:process.env.NODE_ENV='"production"' \
  --banner:js='/*! Apache ECharts 6.1.0 (Apache-2.0) with zrender 6.1.0 (BSD-3-Clause) and tslib 2.3.0 (0BSD), see charts.LICENSE.txt */' \
  --outfile=out/charts.min.js
for part in echarts/NOTICE echarts/LICENSE echarts/licenses/LICENSE-d3 zrender/LICENSE tslib/LICENSE.txt; do
  printf '==== %s ====\n\n' "$part"
  cat "node_modules/$part"
  printf '\n'
done >out/charts.LICENSE.txt

# Noto Sans: Latin-1, Cyrillic with the Kyrgyz and Kazakh letters, punctuation. It has no arrows and no minus:
# these come from its sisters, in one small file for all weights.
export SOURCE_DATE_EPOCH=0
noto=/usr/share/fonts/truetype/noto
letters=U+0020-007E,U+00A0-00FF,U+0400-045F,U+0490-0493,U+049A-049B,U+04A2-04A3,U+04AE-04B1,U+04BA-04BB,U+04D8-04D9,U+04E8-04E9
letters=$letters,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2116,U+2122
subset() { /usr/bin/python3 -m fontTools.subset "$@"; }
subset $noto/NotoSans-Regular.ttf --unicodes=$letters --flavor=woff2 --output-file=out/noto-sans-regular.woff2
subset $noto/NotoSans-Bold.ttf --unicodes=$letters --flavor=woff2 --output-file=out/noto-sans-bold.woff2
subset $noto/NotoSansMath-Regular.ttf --unicodes=U+2190-2193,U+21A9,U+21B6-21B7,U+2212,U+2248,U+2260,U+2264-2265 \
  --layout-features= --drop-tables+=MATH,GSUB,GPOS,GDEF --output-file=math.ttf
subset $noto/NotoSansSymbols2-Regular.ttf --unicodes=U+25BE,U+25CF,U+2713 \
  --layout-features= --drop-tables+=GSUB,GPOS,GDEF --output-file=symbols.ttf
/usr/bin/python3 -m fontTools.merge --output-file=signs.ttf math.ttf symbols.ttf
subset signs.ttf --unicodes='*' --flavor=woff2 --output-file=out/noto-sans-signs.woff2
# The same for reports in PDF, as TrueType, whole: a report has no style sheet to fall back by. Their letters are more, since
# titles and names come from people: all of Cyrillic, Latin of the neighbours, Greek of formulas; and the box that stands for what is missing.
mkdir -p pdf
more=U+0020-007E,U+00A0-017F,U+0391-03A1,U+03A3-03A9,U+03B1-03C9,U+0400-04FF,U+2009,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033
more=$more,U+2039-203A,U+20AC,U+2116,U+2122,U+FFFD
bare() { subset "$@" --layout-features= --no-hinting --drop-tables+=MATH,GSUB,GPOS,GDEF,gasp,DSIG,STAT,meta; }
bare $noto/NotoSansMath-Regular.ttf --unicodes=U+2190-2193,U+21A9,U+21B6-21B7,U+2211-2212,U+221A,U+221E,U+2248,U+2260,U+2264-2265 --output-file=math.ttf
bare $noto/NotoSansSymbols2-Regular.ttf --unicodes=U+25A1,U+25BE,U+25CF,U+2713,U+2715 --output-file=symbols.ttf
for weight in Regular Bold; do
  bare $noto/NotoSans-$weight.ttf --unicodes=$more --output-file=letters.ttf
  /usr/bin/python3 -m fontTools.merge --output-file=merged.ttf letters.ttf math.ttf symbols.ttf
  bare merged.ttf --unicodes='*' --output-file=pdf/noto-sans-$(echo $weight | tr RB rb).ttf
done
{
  printf 'Noto Sans, subset for Ashar. Copyright 2010, 2012-2020 Google Inc., 2015-2020 Google LLC.\n'
  printf 'This Font Software is licensed under the SIL Open Font License, Version 1.1:\n\n'
  awk '/^License: OFL-1.1$/ { on = 1; next } /^$/ { on = 0 } on' /usr/share/doc/fonts-noto-core/copyright | sed 's/^ \.$//; s/^ //'
} >out/noto-sans.LICENSE.txt

# axe-core is for the tests only and does not go into the program.
cp node_modules/axe-core/axe.min.js axe/axe.min.js
cp node_modules/axe-core/LICENSE axe/axe.LICENSE.txt

(cd out && sha256sum *; cd ../axe && sha256sum * | sed 's|  |  ../../handlers/testdata/|'
  cd ../pdf && sha256sum * | sed 's|  |  ../../templates/report/|') >sums
if [ "${1:-}" = --keep ]; then
  mkdir -p "$here/../../handlers/testdata"
  cp out/* "$here/"
  cp axe/* "$here/../../handlers/testdata/"
  cp pdf/* "$here/../../templates/report/"
  cp sums "$here/SHA256SUMS"
fi
diff "$here/SHA256SUMS" sums && echo "the same, byte for byte"
