import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Results } from '../evidence/results.ts';
import { renderConsole } from './console.ts';
import { renderFailure } from './failure.ts';
import { groupFailures } from './failures.ts';
import { renderJson } from './json.ts';
import { reporterNames, reporters } from './registry.ts';
import { kindWords } from './words.ts';

// samples/ holds one run with a failure of every kind, and beside it what every report makes of it, byte for byte.
const sampleText = readFileSync(new URL('samples/results.json', import.meta.url), 'utf8');
const sample = JSON.parse(sampleText) as Results;
const failures = sample.executions.flatMap(execution =>
  groupFailures(execution.failures).map(group => ({ execution, ...group })),
);

test('the sample is as the schema says, and has every kind of failure', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../schemas/results.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  validate(sample);
  expect(validate.errors).toBeNull();
  expect([...new Set(failures.map(({ cause }) => cause.kind))].sort()).toEqual(Object.keys(kindWords).sort());
});

describe('a failure explains itself', () => {
  test.each([
    [80, false, 'failures-80.txt'],
    [120, false, 'failures-120.txt'],
    [80, true, 'failures-80-color.txt'],
    [120, true, 'failures-120-color.txt'],
  ])('in %i columns, with colours: %s', async (width, color, file) => {
    const texts = failures.map(({ cause, execution, consequences }) =>
      renderFailure(cause, execution, { width, color }, consequences),
    );
    await expect(texts.join('\n')).toMatchFileSnapshot(`samples/${file}`);
  });
});

describe('reports of the sample', () => {
  const options = {
    width: 80,
    color: false,
    reportsAt: 'reports/20261130T174859Z-gradagenda',
    filePrefix: 'scenarios/',
  };

  test.each([
    ['console', 'console-80.txt'],
    ['junit', 'junit.xml'],
    ['github', 'github.txt'],
  ])('%s', async (name, file) => {
    await expect(reporters.get(name)!.render(sample, options)).toMatchFileSnapshot(`samples/${file}`);
  });

  test('json: the sample itself', () => expect(renderJson(sample)).toBe(sampleText));

  test('console, of a run without failures', () => {
    const execution = sample.executions.find(({ verdict }) => verdict === 'pass')!;
    const [suite] = sample.suites;
    const requirements = suite!.requirements.filter(({ id }) => id === 'hello.version');
    const { cut: _, ...rest } = sample;
    const passed: Results = {
      ...rest,
      complete: true,
      verdict: 'pass',
      changed: [],
      suites: [{ ...suite!, requirements }],
      executions: [execution],
    };
    expect(renderConsole(passed, { width: 80, color: false })).toBe(`gradagenda
  1 execution: 1 passed
  requirements  passed  failed  not testable  inconclusive  undecided
  must               1       0             0             0          0
  should             0       0             0             0          0
  may                0       0             0             0          0
  Passed because something did not come, without the strongest proof that it
  will not
    status.once/nobody-else (own)
  Passed by a lenient alternative
    hello.version

antiphon 0.1.0 on Chat server of an example (url), 2026-11-30T17:48:59.000Z,
seed 4f1c2a
1,234 checks, 2,310 frames sent, 4,022 received, in 12.3 s
PASSED
`);
  });

  test('what is only a should is a warning, unless the policy says otherwise', () => {
    const soon = sample.executions.filter(({ id }) => id.includes('soon'));
    const run: Results = { ...sample, complete: true, verdict: 'fail', suites: [], executions: soon };
    const last = (text: string) => text.trimEnd().split('\n').at(-1);
    expect(last(renderConsole(run, { width: 80, color: false }))).toBe('PASSED, with 1 warning');
    expect(last(renderConsole(run, { width: 80, color: false, failOn: 'should' }))).toBe('FAILED');
    const counts = (text: string) => /tests="1" failures="\d"/.exec(text)?.[0];
    const junit = reporters.get('junit')!;
    expect(counts(junit.render(run, { width: 80, color: false }))).toBe('tests="1" failures="0"');
    expect(counts(junit.render(run, { width: 80, color: false, failOn: 'should' }))).toBe('tests="1" failures="1"');
  });
});

test('a should that a must could not be tested for is no mere warning', () => {
  const soon = sample.executions.find(({ id }) => id.includes('soon'))!;
  const untested = sample.executions[0]!.failures.at(-1)!;
  const execution = { ...soon, failures: [...soon.failures, untested] };
  const run: Results = { ...sample, verdict: 'fail', suites: [], executions: [execution] };
  const options = { width: 80, color: false };
  expect(renderConsole(run, options).split('\n')[0]).toBe('FAIL  ack.soon (should): it came too late');
  expect(reporters.get('github')!.render(run, options).slice(0, 8)).toBe('::error ');
  const junit = reporters.get('junit')!.render(run, options);
  expect(/<failure [^>]*>/.exec(junit)?.[0]).toBe(
    '<failure message="ack.soon (should): The answer came 1.42 s after the request; at most 1 s is allowed." type="too-late">',
  );
  expect(junit.includes('<system-out>')).toBe(false);
});

test('the reporters are known by these names', () => {
  expect(reporterNames).toEqual(['console', 'json', 'junit', 'github']);
});
