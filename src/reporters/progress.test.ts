import { describe, expect, test } from 'vitest';
import { createProgress, type ProgressOptions } from './progress.ts';

function recorded(options: Partial<ProgressOptions>) {
  const written: string[] = [];
  const progress = createProgress({
    write: text => written.push(text),
    total: 3,
    terminal: true,
    color: false,
    width: 60,
    ...options,
  });
  return { progress, written };
}

const clear = '\r\u001b[2K';

describe('on a terminal', () => {
  test('one line is drawn again, and failures stay above it', () => {
    const { progress, written } = recorded({});
    progress.started('p/a.yaml@ws', 0);
    progress.started('p/b.yaml@ws', 10);
    progress.tick(200);
    progress.finished('p/a.yaml@ws', 'pass', 1234);
    progress.finished('p/b.yaml@ws', 'fail', 1250, 'bob waited 5 s for a frame, and none came');
    progress.started('p/c.yaml@ws', 1260);
    progress.finished('p/c.yaml@ws', 'inconclusive', 2000);
    progress.end();
    expect(written).toEqual([
      `${clear}0/3, 0 failed, 0 s  p/a.yaml@ws`,
      `${clear}0/3, 0 failed, 0 s  p/a.yaml@ws, p/b.yaml@ws`,
      `${clear}1/3, 0 failed, 1 s  p/b.yaml@ws`,
      `${clear}failed p/b.yaml@ws: bob waited 5 s for …rame, and none came\n`,
      `${clear}2/3, 1 failed, 1 s`,
      `${clear}inconclusive p/c.yaml@ws\n`,
      `${clear}3/3, 1 failed, 2 s`,
      clear,
    ]);
  });

  test('it is drawn no more often than can be read', () => {
    const { progress, written } = recorded({ total: 1000 });
    for (let k = 0; k < 100; k++) progress.tick(k);
    expect(written.length).toBe(2);
  });

  test('many running ones are counted, and no line reaches the last column', () => {
    const { progress, written } = recorded({ total: 10 });
    for (let k = 0; k < 5; k++) progress.started(`p/a-rather-long-name-${k}.yaml@ws`, k * 100);
    expect(written.at(-1)).toBe(`${clear}0/10, 0 failed, 0 s  p/a-rather-long-na….yaml@ws and 4 more`);
    expect(written.filter(text => text.length - clear.length > 59)).toEqual([]);
  });
});

test('without a terminal there is a line for each failure, one every so many, and the last', () => {
  const { progress, written } = recorded({ terminal: false, every: 2 });
  for (const [k, verdict] of (['pass', 'error', 'pass'] as const).entries()) {
    progress.started(`p/${k}.yaml@ws`, k * 1000);
    progress.tick(k * 1000 + 500);
    progress.finished(`p/${k}.yaml@ws`, verdict, k * 1000 + 900, verdict === 'error' ? '\u001b[2Jboom' : undefined);
  }
  progress.end();
  expect(written).toEqual(['error p/1.yaml@ws: \\u{1b}[2Jboom\n', '2/3, 1 failed, 1 s\n', '3/3, 1 failed, 2 s\n']);
});

test('colours say nothing that the words do not', () => {
  const { progress, written } = recorded({ terminal: false, color: true });
  progress.finished('p/a.yaml@ws', 'fail', 100);
  expect(written).toEqual(['\u001b[31mfailed p/a.yaml@ws\u001b[39m\n']);
});

test('minutes are minutes', () => {
  const { progress, written } = recorded({ terminal: false, total: 1 });
  progress.finished('p/a.yaml@ws', 'pass', 125_900);
  expect(written).toEqual(['1/1, 0 failed, 2 min 5 s\n']);
});
