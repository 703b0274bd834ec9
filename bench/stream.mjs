/**
 * Re-judging a log of long streams: 34 executions, each with a thousand messages that reach two clients in order.
 *
 *   node bench/stream.mjs
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const home = mkdtempSync(join(tmpdir(), 'antiphon-stream-'));
const pack = join(home, 'gradagenda');
const broadcast =
  '{ type: message-broadcast, session-id: $(session), sender-id: $(alice.account.user), message: { type: text, body: number $(i) }, sender-timestamp: $(i) }';

cpSync(join(root, 'scenarios/gradagenda/fragments'), join(pack, 'fragments'), { recursive: true });
for (const file of ['pack.yaml', 'requirements.yaml'])
  cpSync(join(root, 'scenarios/gradagenda', file), join(pack, file));
cpSync(join(root, 'schemas/frames/gradagenda'), join(pack, 'schemas'), { recursive: true });
mkdirSync(join(pack, 'message'));
writeFileSync(
  join(pack, 'message/stream.yaml'),
  `antiphon: 1
scenario: A thousand pipelined messages reach both, in order
protocol: gradagenda
clients: { alice: user, bob: user }
steps:
  - include: session
    with: { creator: alice, members: [bob] }
  - client: alice
    send: { type: request-sending-a-message, session-id: $(session), sender-timestamp: $(i), message: { type: text, body: number $(i) } }
    times: 1000
    expect: { check: message.in-order, repeat: { frame: ${broadcast} }, times: 1000 }
  - client: bob
    expect: { check: message.in-order, repeat: { frame: ${broadcast} }, times: 1000 }
`,
);
run([
  join(root, 'dist/src/cli/main.js'),
  'test',
  pack,
  '--repeat',
  '34',
  '--jobs',
  '2',
  '--quiet',
  '--reports',
  join(home, 'reports'),
]);
const [folder] = readdirSync(join(home, 'reports'));
for (let round = 0; round < 5; round++) {
  const told = JSON.parse(run([join(root, 'bench/rejudge.mjs'), '--judge', join(home, 'reports', folder)]));
  const { judgeMs, cpuMs, peakMb, verdict, frames } = told;
  console.log(
    `${frames} frames: ${Math.round(frames / (judgeMs / 1000))} frames/s, judged in ${judgeMs.toFixed(0)} ms (CPU ${cpuMs.toFixed(0)} ms), peak memory ${peakMb.toFixed(0)} MB, verdict ${verdict}; once warm ${Math.round(frames / (told.warmMs / 1000))} frames/s`,
  );
}
rmSync(home, { recursive: true });

function run(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr + stdout);
  return stdout;
}
