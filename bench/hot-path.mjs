/**
 * What one delivery of a load costs us, beside what the system takes to hand it over: nanoseconds for each part, on one core.
 *
 *   node bench/hot-path.mjs
 *
 * A thousand receivers of one stream, messages of 200 bytes. Each figure is the least of many short rounds: what else runs on the
 * machine only adds. `dense` is all of it together, with fifty messages in each read; `JSON.parse` is what it is instead of.
 */
import { createFrameReader, headRoomBytes, readFrames } from '../dist/src/load/hot-path/frame-reader.js';
import { readMarker, tagOf, viewOf, writeMarker } from '../dist/src/load/hot-path/marker.js';
import { createMarkerFinder } from '../dist/src/load/hot-path/marker-finder.js';
import { createLedger, noteReceived, noteSent } from '../dist/src/load/ledger/ledger.js';
import { createHistogram, recordUs } from '../dist/src/load/metrics/histogram.js';

const receivers = 1_000;
const messageBytes = 200;
const perRead = 50;
const tag = tagOf(5);
const ledger = createLedger({
  topology: {
    channels: 1,
    clientsOfChannel: receivers + 1,
    streamsOfChannel: [{ entry: 0, sender: receivers, receivers: [...new Array(receivers).keys()] }],
  },
  deadlineUs: Number.POSITIVE_INFINITY,
  tell: fault => console.error(fault),
  answered: () => {},
});
ledger.recordFromUs = 0;

const messages = Array.from({ length: receivers }, (_, k) => textOf(k + 1));
const bytes = Buffer.concat(messages.map(text => Buffer.from(text)));
const view = viewOf(bytes);
const markerAt = messages[0].indexOf(tag);
const finder = createMarkerFinder(tag);
const apart = Buffer.concat([Buffer.alloc(1_000, 'x'), bytes.subarray(0, messageBytes), Buffer.alloc(1_000, 'x')]);
const histogram = createHistogram();
const fields = { stream: 0, sequence: 0, dueUs: 0 };
let nowUs = 0;
const area = Buffer.alloc(headRoomBytes + 65_536);
const readers = Array.from({ length: receivers }, createFrameReader);
let receiver = 0;
const sink = {
  hot(receiver, from, start, end) {
    if (finder.find(from, start, end) === 'sound')
      noteReceived(ledger, receiver, finder.stream, finder.sequence, finder.dueUs, nowUs + 300);
  },
  cold: () => {},
};

for (const [name, round, count] of [
  ['read a marker', () => each(k => readMarker(view, k * messageBytes + markerAt, fields)), receivers],
  ['find it, at its usual place', () => each(k => find(k)), receivers],
  ['find it by searching 200 bytes', () => search(200), receivers],
  ['find it by searching 1 KB', () => search(1_000), receivers],
  ['record a latency', () => each(k => recordUs(histogram, k * 7)), receivers],
  ['enter a receipt into the ledger', () => receiveOnce(), receivers],
  ['dense', () => receiveDense(), receivers * perRead],
  ['JSON.parse', () => each(k => JSON.parse(messages[k])), receivers],
]) {
  console.log(`${name.padEnd(32)} ${least(round, count).toFixed(1).padStart(8)} ns`);
}

function textOf(sequence) {
  const head = `{"type":"message-broadcast","session-id":"s1","message":{"type":"text","body":"${writeMarker(tag, 0, sequence, sequence * 77)}`;
  return `${head}${'x'.repeat(messageBytes - head.length - 3)}"}}`;
}

function each(act) {
  for (let k = 0; k < receivers; k++) act(k);
}

function find(k) {
  finder.find(bytes, k * messageBytes, (k + 1) * messageBytes);
}

/** In the middle of so many bytes, each time a little elsewhere, so that it must be searched. */
function search(sizeBytes) {
  const first = 1_000 + markerAt - sizeBytes / 2;
  for (let k = 0; k < receivers; k++) finder.find(apart, first - (k & 15), first - (k & 15) + sizeBytes);
}

function receiveOnce() {
  nowUs += 1_000;
  noteSent(ledger, 0, nowUs, nowUs + 50);
  const sequence = ledger.messages[0].last;
  each(k => noteReceived(ledger, k, 0, sequence, nowUs, nowUs + 300 + k));
}

function receiveDense() {
  const frames = [];
  for (let k = 0; k < perRead; k++) {
    nowUs += 1_000;
    noteSent(ledger, 0, nowUs, nowUs + 50);
    const text = textOf(ledger.messages[0].last).replace(
      /Zq\w{23}/,
      writeMarker(tag, 0, ledger.messages[0].last, nowUs),
    );
    frames.push(Buffer.from([0x81, 126, text.length >> 8, text.length & 0xff]), Buffer.from(text));
  }
  const read = Buffer.concat(frames);
  read.copy(area, headRoomBytes);
  return () => {
    for (receiver = 0; receiver < receivers; receiver++)
      readFrames(readers[receiver], area, headRoomBytes, headRoomBytes + read.length, receiver, nowUs, sink);
  };
}

/** Nanoseconds for one of `count`, in the best of many rounds. A round may prepare something and give back what is to be timed. */
function least(round, count) {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < 1_000; k++) {
    const prepared = count > receivers ? round() : round;
    const begun = process.hrtime.bigint();
    prepared();
    best = Math.min(best, Number(process.hrtime.bigint() - begun) / count);
    if (count > receivers && k === 100) break;
  }
  return best;
}
