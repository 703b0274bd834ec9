import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Fate, JudgedMutant, Mutant } from './mutant.ts';
import type { ProofReport } from './proof-report.ts';
import { createTally, type TallySummary } from './tally.ts';

const span = { file: 'p/talk.yaml', line: 7, column: 3, endLine: 7, endColumn: 9 };
const rows = [
  { requirement: 'say.heard', level: 'must' },
  { requirement: 'say.once', level: 'should' },
  { requirement: 'frames.unasked', level: 'must' },
];

function judged(fate: Fate, mutant: Partial<Mutant> = {}, mustRows: readonly string[] = []): JudgedMutant {
  const { operator = 'drop', event = 1 } = mutant;
  return {
    mutant: {
      id: `p/talk~${event}.${operator}${mutant.at ?? ''}`,
      execution: 'p/talk',
      scenario: 'p/talk.yaml',
      client: 'ada',
      event,
      operator,
      kind: 'said',
      ...mutant,
    },
    fate,
    mustRows,
  };
}

const byHeard = { fate: 'killed', by: 'requirement', check: 'say.heard/bob', span } as const;
const byWorld = { fate: 'killed', by: 'closed-world', check: 'frames.unasked', span } as const;
const survived = { fate: 'survived', span, check: 'say.heard' } as const;

function summaryOf(all: readonly JudgedMutant[]): TallySummary {
  const tally = createTally();
  for (const each of all) tally.add(each);
  return tally.summary(rows, ({ line }) => `line ${line}`);
}

describe('a tally', () => {
  test('of nothing has no score', () => {
    const { counts, scorePercent, mustValues } = summaryOf([]);
    expect(counts).toEqual({ mutants: 0, killed: 0, survived: 0, diverged: 0, excluded: 0 });
    expect([scorePercent, mustValues.checkPercent]).toEqual([null, null]);
  });

  test('leaves what diverged and what is excluded out of the score', () => {
    const { counts, scorePercent, exclusions } = summaryOf([
      judged(byHeard),
      judged(byHeard),
      judged(survived),
      judged({ fate: 'diverged' }),
      judged({ fate: 'excluded', rule: 'free-member', span }),
      judged({ fate: 'excluded', rule: 'free-member', span }),
      judged({ fate: 'excluded', rule: 'identical', span }),
    ]);
    expect(counts).toEqual({ mutants: 7, killed: 2, survived: 1, diverged: 1, excluded: 3 });
    expect(scorePercent).toBe(66.6);
    expect(exclusions).toEqual([
      { rule: 'free-member', mutants: 2 },
      { rule: 'identical', mutants: 1 },
    ]);
  });

  test('rounds a score down, so that 100 means all', () => {
    const all = Array.from({ length: 9999 }, () => judged(byHeard));
    expect(summaryOf([...all, judged(survived)]).scorePercent).toBe(99.9);
    expect(summaryOf(all).scorePercent).toBe(100);
  });

  test('splits by killer, by the row of the check, and by warnings', () => {
    const { killers, requirements, warnings } = summaryOf([
      judged(byHeard),
      judged({ ...byHeard, check: 'say.once', warning: true }),
      judged(byWorld),
      judged({ ...byHeard, by: 'step', check: 'steps.done' }),
    ]);
    expect(killers.map(({ killer, mutants }) => `${killer} ${mutants}`)).toEqual([
      'requirement 2',
      'step 1',
      'recipe 0',
      'barrier 0',
      'closed-world 1',
      'schema 0',
    ]);
    expect(requirements).toEqual([
      { requirement: 'say.heard', level: 'must', killed: 1 },
      { requirement: 'say.once', level: 'should', killed: 1 },
      { requirement: 'frames.unasked', level: 'must', killed: 1 },
    ]);
    expect(warnings).toBe(1);
  });

  test('counts other values and near misses at members that a must names', () => {
    const value = { operator: 'other-value', at: '/text' } as const;
    const { mustValues, unchecked } = summaryOf([
      judged(byHeard, value, ['say.heard']),
      judged({ ...byHeard, by: 'recipe' }, { ...value, operator: 'near-miss' }, ['say.heard']),
      judged({ ...byHeard, check: 'say.once', warning: true }, value, ['say.heard']),
      judged(byWorld, value, ['say.heard']),
      judged(survived, value, ['say.heard']),
      judged({ fate: 'diverged' }, value, ['say.heard']),
      judged(survived, value),
      judged(survived, { operator: 'remove-member', at: '/text' }, ['say.heard']),
    ]);
    expect(mustValues).toEqual({
      mutants: 5,
      killedByCheck: 3,
      warnings: 1,
      killedOtherwise: 1,
      survived: 1,
      checkPercent: 60,
    });
    expect(unchecked).toEqual([
      {
        kind: 'said',
        member: '/text',
        by: 'closed-world',
        mutants: 1,
        example: 'p/talk~1.other-value/text',
        span,
        line: 'line 7',
      },
    ]);
  });

  test('has a score for each scenario and each operator, by name', () => {
    const other = { scenario: 'p/leave.yaml', operator: 'repeat' } as const;
    const { scenarios, operators } = summaryOf([judged(byHeard), judged(survived, other), judged(byHeard, other)]);
    expect(scenarios.map(({ scenario, scorePercent }) => [scenario, scorePercent])).toEqual([
      ['p/leave.yaml', 50],
      ['p/talk.yaml', 100],
    ]);
    expect(operators.map(({ operator, scorePercent }) => [operator, scorePercent])).toEqual([
      ['drop', 100],
      ['repeat', 50],
    ]);
  });

  test('keeps apart what different expectations took, and what none took', () => {
    const { survivors } = summaryOf([
      judged(survived),
      judged({ ...survived, check: 'say.once' }),
      judged({ ...survived, check: null }),
    ]);
    expect(survivors.map(({ check, mutants }) => [check, mutants])).toEqual([
      ['say.heard', 1],
      ['say.once', 1],
      [null, 1],
    ]);
  });

  test('puts survivors of one class and place together, with the first as example', () => {
    const { survivors } = summaryOf([
      judged(survived, { event: 4, operator: 'near-miss', at: '/list/*/name' }),
      judged(survived, { event: 5, operator: 'near-miss', at: '/list/*/name' }),
      judged(survived, { event: 6 }),
      judged({ ...survived, span: { ...span, line: 9 } }, { event: 7 }),
    ]);
    expect(survivors).toEqual([
      {
        scenario: 'p/talk.yaml',
        operator: 'drop',
        kind: 'said',
        member: null,
        check: 'say.heard',
        mutants: 1,
        example: 'p/talk~6.drop',
        span,
        line: 'line 7',
      },
      {
        scenario: 'p/talk.yaml',
        operator: 'drop',
        kind: 'said',
        member: null,
        check: 'say.heard',
        mutants: 1,
        example: 'p/talk~7.drop',
        span: { ...span, line: 9 },
        line: 'line 9',
      },
      {
        scenario: 'p/talk.yaml',
        operator: 'near-miss',
        kind: 'said',
        member: '/list/*/name',
        check: 'say.heard',
        mutants: 2,
        example: 'p/talk~4.near-miss/list/*/name',
        span,
        line: 'line 7',
      },
    ]);
  });
});

describe('prove.schema.json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schemas/prove.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  const report: Required<ProofReport> = {
    antiphon: 1,
    proof: 'p',
    tool: 'antiphon 0.1.0',
    startedAt: '2026-11-30T17:48:59.000Z',
    target: { title: 'a server', kind: 'bundled' },
    packs: [{ pack: 'p', digest: 'sha256:00' }],
    executions: 1,
    left: [{ execution: 'p/late', verdict: 'fail' }],
    possible: 40,
    sample: { seed: 's', count: 3 },
    ...summaryOf([
      judged(byHeard, { at: '/text' }),
      judged(survived, { kind: undefined }),
      judged(byWorld, { operator: 'near-miss', at: '/text' }, ['say.heard']),
      judged({ fate: 'excluded', rule: 'ignored', span }),
    ]),
  };

  test('accepts a report, sampled or whole', () => {
    validate(report);
    expect(validate.errors).toBeNull();
    const { sample: _, ...whole } = report;
    validate({ ...whole, sample: { seed: 's', share: 0.1 } });
    expect(validate.errors).toBeNull();
    expect(validate(whole)).toBe(true);
  });

  test('has the members of the type, and no others', () => {
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(report).sort());
    expect(schema.required.toSorted()).toEqual(
      Object.keys(report)
        .filter(name => name !== 'sample')
        .sort(),
    );
    const survivor = report.survivors[0]!;
    expect(Object.keys(schema.$defs.survivor.properties).sort()).toEqual(Object.keys(survivor).sort());
    expect(validate({ ...report, more: 1 })).toBe(false);
    expect(validate({ ...report, survivors: [{ ...survivor, more: 1 }] })).toBe(false);
    expect(validate({ ...report, scorePercent: 101 })).toBe(false);
  });

  test('describes every member', () => expect(undescribed(schema, '')).toEqual([]));
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly description?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

function undescribed(schema: Schema, at: string): string[] {
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
    ...(member.description ? [] : [`${at}/${name}`]),
    ...undescribed(member, `${at}/${name}`),
  ]);
  const definitions = Object.entries(schema.$defs ?? {}).flatMap(([name, each]) => undescribed(each, name));
  return [...members, ...definitions, ...(schema.items ? undescribed(schema.items, `${at}/items`) : [])];
}
