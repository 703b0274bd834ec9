/** The script behind `npm run prove:faults`, on topics that are quick: real servers with real faults. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Ended {
  readonly code: number;
  readonly text: string;
}

/** Counts of what fired differ with the suite, so they read `fired n` here. */
function proveFaults(...args: readonly string[]): Promise<Ended> {
  return new Promise(resolve => {
    execFile(process.execPath, ['scripts/prove-faults.mjs', ...args], { cwd: root }, (error, stdout, stderr) => {
      const text = `${stdout}${stderr}`.replace(/fired \d+/g, 'fired n');
      resolve({ code: error === null ? 0 : Number(error.code), text });
    });
  });
}

describe('faults and variants, proved', () => {
  it('a fault turns red what it names, a variant nothing', async () => {
    const args = ['--fault', 'broadcast-twice', '--variant', 'extra-succeeded'];
    expect(await proveFaults('gradagenda/message', ...args)).toEqual({
      code: 0,
      text: `gradagenda
  exact  broadcast-twice  open  fired n
  green  extra-succeeded  open  fired n
gradagenda: 1 of 1 faults exact, 1 of 1 variants fired and green
`,
    });
  });

  it('a fault is tried in the configuration in which it can fire', async () => {
    expect(await proveFaults('gradagenda/authentication', '--fault', 'wrong-token-accepted')).toEqual({
      code: 0,
      text: `gradagenda
  exact  wrong-token-accepted  fixed-accounts  fired n
gradagenda: 1 of 1 faults exact, 0 of 0 variants fired and green
`,
    });
  });

  it('what fires only over a restart is counted too', async () => {
    const { code, text } = await proveFaults('gradagenda/direct', '--fault', 'direct-id-changes-after-restart');
    expect(text).toContain('  exact  direct-id-changes-after-restart  open  fired n\n');
    expect(code).toBe(0);
  });

  it('what never fired, and what stayed green, is told of', async () => {
    const args = ['--fault', 'outsider-may-send', '--variant', 'no-session-of-one'];
    expect(await proveFaults('gradagenda/direct', ...args)).toEqual({
      code: 1,
      text: `gradagenda
  WRONG  outsider-may-send  open  fired n
      named, but not red: message.outsider-refused removed.cannot-send
  WRONG  no-session-of-one  fixed-accounts  never fired
gradagenda: 0 of 1 faults exact, 0 of 1 variants fired and green
`,
    });
  });

  it('a name that is not known is told of', async () => {
    const { code, text } = await proveFaults('gradagenda', '--variant', 'broadcast-twice');
    expect(text).toMatch(/^Expected one of answers-in-batch, .*; got broadcast-twice\. Correct the name\.\n$/);
    expect(code).toBe(2);
  });
});
