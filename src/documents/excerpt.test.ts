import { describe, expect, it } from 'vitest';
import type { Span } from '../foundation/span.ts';
import { excerptLines, formatDiagnostic } from './excerpt.ts';

function span(line: number, column: number, endLine: number, endColumn: number): Span {
  return { file: 'gradagenda/order.yaml', line, column, endLine, endColumn };
}

const text = 'antiphon: 1\nsteps:\n  - client: alice\n    expct: { frame: {} }\n    until: barrier\n';

describe('excerptLines', () => {
  it('marks the span, with context', () => {
    expect(excerptLines(text, span(4, 5, 4, 10), 1)).toEqual([
      '3 |   - client: alice',
      '4 |     expct: { frame: {} }',
      '  |     ^^^^^',
      '5 |     until: barrier',
    ]);
  });

  it('has no context at the ends of a file', () => {
    expect(excerptLines('a: 1', span(1, 1, 1, 2), 3)).toEqual(['1 | a: 1', '  | ^']);
  });

  it('marks an empty place with one caret, also behind the end', () => {
    expect(excerptLines('a: 1', span(1, 5, 1, 5), 0)).toEqual(['1 | a: 1', '  |     ^']);
    expect(excerptLines('', span(1, 1, 1, 1), 0)).toEqual(['1 |', '  | ^']);
    expect(excerptLines('a', span(9, 9, 9, 10), 0)).toEqual(['1 | a', '  |  ^']);
  });

  it('marks the first line of several, to its end', () => {
    expect(excerptLines(text, span(3, 5, 5, 19), 0)).toEqual([
      '3 |   - client: alice',
      '  |     ^^^^^^^^^^^^^ to line 5',
    ]);
  });

  it('aligns line numbers', () => {
    const lines = Array.from({ length: 10 }, (_, k) => `k${k}: 1`).join('\n');
    expect(excerptLines(lines, span(9, 1, 9, 3), 1)).toEqual([' 8 | k7: 1', ' 9 | k8: 1', '   | ^^', '10 | k9: 1']);
  });

  it('shows tabs as blanks up to the next stop', () => {
    expect(excerptLines('a:\tb\t c', span(1, 4, 1, 5), 0)).toEqual(['1 | a:  b    c', '  |     ^']);
  });

  it('counts cells, not units', () => {
    expect(excerptLines('k: 漢字 😀 e\u0301 x', span(1, 13, 1, 14), 0)).toEqual([
      '1 | k: 漢字 😀 e\u0301 x',
      '  |              ^',
    ]);
  });

  it('leaves out CR and shows what would move the cursor as a sign', () => {
    expect(excerptLines('a: \u001b[2J\r\nb: 1\r\n', span(1, 4, 1, 8), 0)).toEqual(['1 | a: \ufffd[2J', '  |    ^^^^']);
  });

  it('cuts a wide line around the place', () => {
    const line = `${'x'.repeat(200)}HERE${'y'.repeat(200)}`;
    expect(excerptLines(line, span(1, 201, 1, 205), 0)).toEqual([
      `1 | …${'x'.repeat(30)}HERE${'y'.repeat(66)}…`,
      `  |  ${' '.repeat(30)}^^^^`,
    ]);
    expect(excerptLines(line, span(1, 5, 1, 7), 0)).toEqual([`1 | ${'x'.repeat(100)}…`, '  |     ^^']);
    expect(excerptLines(line, span(1, 201, 1, 405), 0)[1]).toBe(`  |  ${' '.repeat(30)}${'^'.repeat(69)}`);
  });
});

describe('formatDiagnostic', () => {
  const diagnostic = {
    code: 'unknown-key',
    severity: 'error',
    message: 'unknown key "expct" in a client step',
    span: span(4, 5, 4, 10),
    suggestion: 'did you mean expect?',
  } as const;

  it('says place, code, message, excerpt and what to do', () => {
    expect(formatDiagnostic(diagnostic, text, { color: false })).toBe(
      [
        'gradagenda/order.yaml:4:5 error unknown-key: unknown key "expct" in a client step',
        '  3 |   - client: alice',
        '  4 |     expct: { frame: {} }',
        '    |     ^^^^^',
        '  5 |     until: barrier',
        '  → did you mean expect?',
      ].join('\n'),
    );
  });

  it('paints what matters', () => {
    const { suggestion: _, ...warning } = { ...diagnostic, severity: 'warning' as const, span: span(1, 1, 1, 9) };
    expect(formatDiagnostic(warning, 'antiphon: 1', { color: true })).toBe(
      [
        '\u001b[1mgradagenda/order.yaml:1:1\u001b[22m \u001b[33mwarning unknown-key\u001b[39m: unknown key "expct" in a client step',
        '  \u001b[2m1 | antiphon: 1\u001b[22m',
        '  \u001b[33m  | ^^^^^^^^\u001b[39m',
      ].join('\n'),
    );
  });

  it('never hands control characters of a file to the terminal', () => {
    const shown = formatDiagnostic({ ...diagnostic, message: 'came "\u001b[31m"' }, text, { color: false });
    expect(shown.split('\n')[0]).toBe('gradagenda/order.yaml:4:5 error unknown-key: came "\ufffd[31m"');
  });
});
