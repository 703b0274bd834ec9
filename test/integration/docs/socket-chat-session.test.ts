/** The session by hand in docs/protocols/socket-chat.md, followed line by line. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLineClient } from '../../../reference-server/testing/line-client.ts';
import { startAntiphon } from '../cli/antiphon.ts';

const page = resolve(import.meta.dirname, '../../../docs/protocols/socket-chat.md');

test('the session of the page is what a person sees', async () => {
  const [, block] = /^```text session\n([\s\S]*?)^```$/m.exec(readFileSync(page, 'utf8'))!;
  const lines = block!.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(10);

  const server = startAntiphon(['serve', 'socket-chat', '--demo', '--quiet']);
  const client = await openLineClient((await server.line(/^lines /)).slice('lines '.length));
  onTestFinished(() => void client.socket.destroy());
  for (const line of lines) {
    const text = line.slice(2);
    if (line.startsWith('> ')) client.say(text);
    else expect(JSON.parse(await client.next()), line).toEqual(JSON.parse(text));
  }
});
