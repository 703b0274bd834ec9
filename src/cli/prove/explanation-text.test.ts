import { describe, expect, test } from 'vitest';
import type { ItemEvent } from '../../evidence/events.ts';
import type { ExecutionResult } from '../../evidence/results.ts';
import type { Fate, Mutant } from '../../prove/mutant.ts';
import { type Explanation, explanationText } from './explanation-text.ts';

const span = { file: 'tincan/talk.yaml', line: 3, column: 5, endLine: 3, endColumn: 11 };
const source = ['steps:', '  - client: bob', '    expect: { frame: { is: said } }', '  - client: ada'];
const mutant: Mutant = {
  id: 'tincan/talk~9.near-miss/text',
  execution: 'tincan/talk',
  scenario: 'tincan/talk.yaml',
  client: 'bob',
  event: 9,
  operator: 'near-miss',
  kind: 'said',
  at: '/text',
  was: '"hello"',
  becomes: '"hellp"',
};
const event: ItemEvent = { event: 'item', x: 0, c: 'bob', t: 5, text: '{"is":"said","text":"hello"}' };
const result: ExecutionResult = {
  id: 'tincan/talk',
  pack: 'tincan',
  scenario: 'tincan/talk.yaml',
  title: 'What is said is heard',
  transport: 'lines',
  repetition: 1,
  verdict: 'fail',
  startedAtMs: 0,
  durationMs: 1,
  checks: [],
  failures: [
    {
      check: 'say.heard',
      requirement: 'say.heard',
      level: 'must',
      verdict: 'fail',
      kind: 'unmet',
      faultOf: 'target',
      message: 'it did not come',
      requirementText: 'It is heard.',
      source: 'Tincan, section 2',
      span,
      excerpt: [],
      via: [],
      meanwhile: [],
      lanes: [],
    },
  ],
  notes: [],
};

function explained(fate: Fate, more: Partial<Explanation> = {}): string {
  const explanation = {
    judged: { mutant, fate, mustRows: ['say.heard'] },
    result,
    event,
    linesOf: () => source,
    ...more,
  };
  return explanationText(explanation, { widthCells: 72, color: false });
}

describe('the explanation of a mutant', () => {
  test('that survived: the frame, the change, the place for a check', () => {
    expect(explained({ fate: 'survived', span, check: null })).toMatchInlineSnapshot(`
      "SURVIVED: nothing noticed it
        tincan/talk~9.near-miss/text

      Changed: a member is almost the same
        /text
        was      "hello"
        becomes  "hellp"
        named by say.heard (must)
        at client bob, event 9 of tincan/talk

      What came
        {"is":"said","text":"hello"}

      A check would belong here: tincan/talk.yaml:3:5
          1 | steps:
          2 |   - client: bob
        > 3 |     expect: { frame: { is: said } }
            |     ^^^^^^
          4 |   - client: ada
      "
    `);
  });

  test('that was killed: the failure of a run', () => {
    const text = explained({ fate: 'killed', by: 'requirement', check: 'say.heard', span });
    expect(text).toMatch(/^KILLED by say\.heard\n {2}tincan\/talk~9\.near-miss\/text\n/);
    expect(text).toContain('\nFAIL  say.heard (must): what was expected did not come\n  What is said is heard\n');
    expect(text).not.toContain('A check would belong here');
  });

  test('that only warns, diverged, or is excluded: why', () => {
    expect(explained({ fate: 'killed', by: 'requirement', check: 'say.soon', span, warning: true })).toMatch(
      /^KILLED by say\.soon, which is no must: a run would pass with a warning\n/,
    );
    expect(explained({ fate: 'diverged' })).toMatch(/^DIVERGED: we would have sent something else/);
    expect(explained({ fate: 'excluded', rule: 'ignored', span })).toMatch(
      /^EXCLUDED by the rule ignored: the scenario ignores it, as it did before\n/,
    );
  });

  test('of the end of a connection has no member', () => {
    const { at: _, was: __, becomes: ___, ...whole } = mutant;
    const judged = {
      mutant: { ...whole, operator: 'close-code', kind: undefined } as const,
      fate: { fate: 'survived', span, check: null } as const,
      mustRows: [],
    };
    const closed = { event: 'closed', x: 0, c: 'bob', t: 5, by: 'target', code: 1009 } as const;
    const text = explained(judged.fate, { judged, event: closed });
    expect(text).toContain(
      'Changed: the connection ended with another code\n  at client bob, event 9 of tincan/talk\n',
    );
    expect(text).toContain('What came\n  closed with code 1009\n');
  });

  test('shows nothing of a target that could change a terminal', () => {
    const text = explained({ fate: 'survived', span, check: null }, { event: { ...event, text: '\u001b[2J' } });
    expect(text).not.toContain('\u001b');
  });
});
