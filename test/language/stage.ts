/**
 * A stage for the interpreter: a scenario as text, a pack as text, and what the target does as short lines. It is driven in virtual time,
 * without a socket: connections open and writes are logged at once, timers are due when the time of the lines has passed them, and when
 * the lines are at their end barriers are answered and the rest runs out.
 */
import type { LogEvent } from '../../src/evidence/events.ts';
import type { Diagnostic } from '../../src/foundation/diagnostic.ts';
import type { ValueObject } from '../../src/foundation/value.ts';
import { createPack } from '../../src/packs/create-pack.ts';
import type { FrameSchema } from '../../src/packs/frame-validator.ts';
import { joinOverlays } from '../../src/packs/overlay.ts';
import { noCode } from '../../src/packs/pack-code.ts';
import { readPackFile } from '../../src/packs/read-pack-file.ts';
import { compilePlans } from '../../src/scenario/compile/compile-plans.ts';
import type { SuiteSource } from '../../src/scenario/compile/suite-source.ts';
import { readFragmentFile, readScenarioFile } from '../../src/scenario/files/read-file.ts';
import { begin, beginState, createMachine, feed, type Machine } from '../../src/scenario/interpret/interpreter.ts';
import { conclude, type Outcome } from '../../src/scenario/interpret/outcome.ts';
import type { State } from '../../src/scenario/interpret/state.ts';
import type { Plan } from '../../src/scenario/plan.ts';
import { readLine } from './script.ts';
import { toyPack, userFragment } from './toy-pack.ts';
import { createTarget, type Target } from './virtual-target.ts';

export interface StageOptions {
  readonly pack?: string;
  readonly schemas?: readonly FrameSchema[];
  /** By the name that `include` uses. */
  readonly fragments?: Readonly<Record<string, string>>;
  /** The plan that is played: on this transport, of this case. */
  readonly transport?: string;
  readonly case?: string;
  readonly patienceMs?: number;
  /** Clients whose barriers are never answered. */
  readonly silent?: readonly string[];
  /** Writes and connections are answered by lines alone. */
  readonly byHand?: boolean;
  /** Ends with the last line, whatever is still under way. */
  readonly cut?: boolean;
}

export interface Played {
  readonly outcome: Outcome;
  readonly machine: Machine;
  readonly state: State;
  /** Every event that was fed, in order. */
  readonly log: readonly LogEvent[];
  /** What the interpreter asked for, one line each: `alice > {"t":"say"}`, `alice connect /`. */
  readonly asked: readonly string[];
}

/** Reads and compiles; throws with all problems if there are errors. */
export function compile(
  scenario: string,
  options: StageOptions = {},
): { readonly plan: Plan; readonly machine: Machine } {
  const { source, roots, report, problems } = suiteOf(options);
  const read = readScenarioFile(`antiphon: 1\nscenario: A test\nprotocol: toy\n${dedent(scenario)}`, 'toy/test.yaml');
  read.diagnostics.forEach(report);
  const plans = read.file ? compilePlans(read.file, source, report) : [];
  const plan = plans.find(
    each =>
      each.transport === (options.transport ?? 'ws') && (options.case === undefined || each.case === options.case),
  );
  const errors = problems.filter(each => each.severity === 'error');
  if (errors.length > 0 || !plan)
    throw new Error(
      errors.map(({ code, message, span }) => `${span.line}: ${code}: ${message}`).join('\n') || 'no plan',
    );
  const accounts = Object.fromEntries(
    plan.clients.filter(each => each.account).map((each, k) => [each.name, { name: `u${k + 1}` }]),
  );
  const patienceUs = (options.patienceMs ?? 5_000) * 1_000;
  const machine = createMachine(plan, {
    pack: source.pack,
    roots,
    accounts,
    unique: 'abcd1234',
    epochMs: 1_000_000,
    patienceUs,
    explain: true,
  });
  return { plan, machine };
}

function suiteOf(options: StageOptions) {
  const problems: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void problems.push(diagnostic);
  const { packFile, diagnostics } = readPackFile(options.pack ?? toyPack, 'toy/pack.yaml');
  if (!packFile) throw new Error(`the pack: ${diagnostics.map(each => each.message).join('; ')}`);
  const fragments = new Map(
    Object.entries({ user: userFragment, ...options.fragments }).map(([name, text]) => {
      const read = readFragmentFile(text, `toy/fragments/${name}.yaml`);
      read.diagnostics.forEach(report);
      return [name, read.file!] as const;
    }),
  );
  const source: SuiteSource = {
    pack: createPack(packFile, options.schemas ?? [], 'sha256:00'),
    language: packFile.language,
    fragments,
    accountMode: 'token',
    sourceTexts: new Map(),
    operators: noCode.operators,
  };
  const { language } = packFile;
  const roots = (transport: string): { pack: ValueObject; limits: ValueObject; timers: ValueObject } => {
    const { values, limits, timers } = joinOverlays(language, language.transports?.get(transport) ?? {});
    return { pack: values, limits, timers };
  };
  return { source, roots, report, problems };
}

/** Plays a scenario against the lines of a script (see `script.ts`). */
export function play(scenario: string, script: readonly string[] = [], options: StageOptions = {}): Played {
  const { machine } = compile(scenario, options);
  return playOn(machine, script, options);
}

export function playOn(machine: Machine, script: readonly string[], options: StageOptions = {}): Played {
  const state = beginState(machine, 0);
  const log: LogEvent[] = [];
  const target = createTarget(options);
  const give = (event: LogEvent) => {
    log.push(event);
    target.seen(event);
    target.ask(feed(machine, state, event));
  };
  target.ask(begin(machine, state));
  drain(target, give);
  for (const line of script.map(readLine)) {
    const atUs = Math.max(target.nowUs(), line.atMs === undefined ? target.nowUs() + 1_000 : line.atMs * 1_000);
    runUntil(target, give, atUs);
    for (const event of line.events(target, atUs)) give(event);
    drain(target, give);
  }
  if (!options.cut) runOut(target, give);
  return { outcome: conclude(machine, state), machine, state, log, asked: target.asked() };
}

type Give = (event: LogEvent) => void;

/** What comes at once: opened, written. */
function drain(target: Target, give: Give): void {
  for (let event = target.next(); event; event = target.next()) give(event);
}

/** Timers that are due until then, each followed by what it causes. */
function runUntil(target: Target, give: Give, atUs: number): void {
  for (let event = target.due(atUs); event; event = target.due(atUs)) {
    give(event);
    drain(target, give);
  }
  target.advance(atUs);
}

/** The script is at its end: barriers and own closes are answered, then timers run out. */
function runOut(target: Target, give: Give): void {
  for (let rounds = 0; rounds < 10_000 && !target.finished(); rounds++) {
    const event = target.answer() ?? target.due(Number.POSITIVE_INFINITY);
    if (!event) return;
    give(event);
    drain(target, give);
  }
}

/** Judges a log again, as a re-judge does: actions have no effect. */
export function judge(machine: Machine, log: readonly LogEvent[]): Outcome {
  const state = beginState(machine, 0);
  begin(machine, state);
  for (const event of log) feed(machine, state, event);
  return conclude(machine, state);
}

function dedent(text: string): string {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const margin = Math.min(...lines.map(line => line.length - line.trimStart().length));
  return lines.map(line => line.slice(margin)).join('\n');
}
