/** What only socket-chat needs of a target: where one-time passwords come from, and how many connections there may be. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { antiphon, startAntiphon, temporaryFolder } from './antiphon.ts';

interface Served {
  readonly folder: string;
  /** Writes a target file for the server with these lines in it. */
  target(...lines: readonly string[]): string;
}

async function serve(...options: readonly string[]): Promise<Served> {
  const folder = await temporaryFolder();
  const server = startAntiphon(['serve', 'socket-chat', ...options], { cwd: folder });
  const endpoint = (await server.line(/^lines /)).replace('lines ', '');
  return {
    folder,
    target(...lines) {
      const file = join(folder, 'target.yaml');
      const head = ['antiphon: 1', 'target: A server to try', 'protocol: socket-chat'];
      writeFileSync(file, [...head, `endpoints: { lines: "${endpoint}" }`, ...lines, ''].join('\n'));
      return file;
    },
  };
}

async function run(what: string, target: string, { folder }: Served): Promise<string> {
  const { code, stdout, stderr } = await antiphon([
    'test',
    `scenarios/socket-chat/${what}`,
    '--target',
    target,
    '--reports',
    folder,
  ]);
  expect(code, stdout + stderr).toBe(0);
  return stdout;
}

const printer = 'console.log(require("node:fs").readFileSync("otp.log", "utf8"))';

test.each([
  ['a file', '{ file: otp.log, pattern: "^$(email) ([0-9]{4})$" }'],
  ['a command', `{ command: [node, -e, '${printer}', $(email)], pattern: "^$(email) ([0-9]{4})$" }`],
])('one-time passwords come from %s', async (_, source) => {
  const served = await serve('--otp-log', 'otp.log');
  const target = served.target(`sources: { otp: ${source} }`, 'capabilities: { fresh-otp: true }');
  expect(await run('registration/stale.yaml', target, served)).toContain('1 execution: 1 passed');
});

test('one-time passwords are always the same', async () => {
  const served = await serve('--demo');
  const target = served.target('sources: { otp: { fixed: "0000" } }');
  expect(await run('registration/register.yaml', target, served)).toContain('1 execution: 1 passed');
});

test('without a source what needs one is not applicable', async () => {
  const served = await serve('--demo');
  const scenario = 'scenarios/socket-chat/registration/register.yaml';
  const { code, stdout } = await antiphon(['test', scenario, '--target', served.target(), '--reports', served.folder]);
  expect(stdout).toContain('1 execution: the target does not supply the source otp');
  expect(code).toBe(4);
});

test('a server of 20 connections never sees one more, and everything runs', async () => {
  const served = await serve('--demo', '--limit', 'connections=20');
  const declared = ['limits: { connections: 20 }', 'capabilities: { voice-relay: true, no-time-outs: true }'];
  const target = served.target('sources: { otp: { fixed: "0000" } }', ...declared);
  // A connection too many would be closed, and turn its scenario red.
  expect(await run('', target, served)).toMatch(/\d{3} executions: \d{3} passed, \d not applicable\n/);
});
