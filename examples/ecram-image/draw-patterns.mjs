// Draws the five patterns of image.ion, one file format each: node draw-patterns.mjs
// A character is a pixel: `.` is black, 1 to 9 are grey, `#` is white.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'patterns');

const ring = `
  ..........
  ...2662...
  ..5####5..
  .2#8228#2.
  .6#2..2#6.
  .6#2..2#6.
  .2#8228#2.
  ..5####5..
  ...2662...
  ..........`;

const heart = `
  ..........
  ..34..43..
  .6##55##6.
  .8######8.
  .8######8.
  .5######5.
  ..7####7..
  ...7##7...
  ....77....
  ..........`;

const bolt = `
  ......4...
  .....6#...
  ....6#5...
  ...6#5....
  ..6#####..
  ..#####6..
  ....5#6...
  ...5#6....
  ...#6.....
  ...4......`;

const letterI = `
  ..........
  ..######..
  ..35##53..
  ....##....
  ....##....
  ....##....
  ....##....
  ..35##53..
  ..######..
  ..........`;

const letterL = `
  ..........
  .##4......
  .##4......
  .##4......
  .##4......
  .##4......
  .##4...4..
  .##4446#..
  .#######..
  ..........`;

/** Rows of grey levels, 0 to 10. */
function read(drawing) {
  const level = (character) => (character === '.' ? 0 : character === '#' ? 10 : Number(character));
  return drawing
    .trim()
    .split('\n')
    .map((line) => [...line.trim()].map(level));
}

function toCsv(rows) {
  return rows.map((row) => `${row.map((level) => level / 10).join(',')}\n`).join('');
}

function toPgm(rows) {
  const lines = rows.map((row) => row.map((level) => String(level).padStart(2)).join(' '));
  return `P2\n# heart, eleven grey levels\n${rows[0].length} ${rows.length}\n10\n${lines.join('\n')}\n`;
}

function toPng(rows) {
  const image = new PNG({ width: rows[0].length, height: rows.length, colorType: 0, inputColorType: 0, bitDepth: 8 });
  image.data = Buffer.from(toBytes(rows));
  return PNG.sync.write(image, { colorType: 0, inputColorType: 0, inputHasAlpha: false });
}

function toIdx(pictures) {
  const header = Buffer.from([0, 0, 8, 3, ...[pictures.length, 10, 10].flatMap((size) => [0, 0, 0, size])]);
  return Buffer.concat([header, ...pictures.map((rows) => Buffer.from(toBytes(rows)))]);
}

function toBytes(rows) {
  return rows.flat().map((level) => Math.round(level * 25.5));
}

fs.mkdirSync(folder, { recursive: true });
fs.writeFileSync(path.join(folder, 'ring.csv'), toCsv(read(ring)));
fs.writeFileSync(path.join(folder, 'heart.pgm'), toPgm(read(heart)));
fs.writeFileSync(path.join(folder, 'bolt.png'), toPng(read(bolt)));
fs.writeFileSync(path.join(folder, 'letters.idx'), toIdx([read(letterI), read(letterL)]));
