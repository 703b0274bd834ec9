/** The lines of an event log, member by member: the types of `events.ts` once more, for values. schemas/event-log.schema.json says it to others. */
import type {
  Call,
  Closed,
  DueEvent,
  ExecutionBegin,
  ExecutionEnd,
  ExecutionSkipped,
  Fetched,
  HttpAnswer,
  ItemEvent,
  LogLine,
  Opened,
  Refused,
  Restarted,
  RunFooter,
  RunHeader,
  RunNote,
  Stalled,
  SuiteHeader,
  TargetHeader,
  Written,
} from './events.ts';
import {
  anyObject,
  anything,
  boolean,
  listOf,
  type Members,
  mapOf,
  number,
  objectOf,
  oneOf,
  optional,
  type Shape,
  text,
  yes,
} from './shape.ts';

const ofExecution = { x: number, t: number };
const ofClient = { ...ofExecution, c: text };
const ofIdentity = {
  ...ofExecution,
  id: text,
  pack: text,
  scenario: text,
  case: optional(text),
  transport: text,
  repetition: number,
};
const opcode = optional(oneOf('text', 'binary'));

const suite = objectOf<SuiteHeader>({ pack: text, digest: text, location: text, files: mapOf(text) });

const target = objectOf<TargetHeader>({
  title: text,
  kind: oneOf('bundled', 'url', 'file'),
  endpoints: mapOf(text),
  values: anyObject,
  limits: anyObject,
  timers: anyObject,
  capabilities: anyObject,
  sources: listOf(text),
  accountMode: oneOf('register', 'list', 'token'),
  profile: optional(text),
});

const run: Members<RunHeader> = {
  format: number,
  tool: text,
  name: text,
  startedAt: text,
  epochMs: number,
  seed: text,
  patienceUs: number,
  clockResolutionUs: number,
  suites: listOf(suite),
  target,
  options: anyObject,
};

const item: Members<ItemEvent> = {
  ...ofClient,
  text: optional(text),
  base64: optional(text),
  opcode,
  bytes: optional(number),
  oversize: optional(objectOf<NonNullable<ItemEvent['oversize']>>({ digest: text, head: text })),
  unterminated: optional(boolean),
  http: optional(objectOf<HttpAnswer>({ status: number, headers: mapOf(text) })),
  call: optional(objectOf<Call>({ n: number, method: text })),
};

const closed: Members<Closed> = {
  ...ofClient,
  code: optional(number),
  status: optional(number),
  reason: optional(text),
  by: oneOf('target', 'us'),
  error: optional(text),
};

const written: Members<Written> = {
  ...ofClient,
  what: oneOf('frame', 'raw', 'http', 'close', 'half-close', 'abort', 'ping', 'wire', 'answer'),
  n: number,
  text: optional(text),
  base64: optional(text),
  opcode,
  http: optional(objectOf<NonNullable<Written['http']>>({ method: text, path: text, headers: mapOf(text) })),
  failed: optional(text),
  unfit: optional(yes),
};

/** By the name of the event. */
export const lineShapes: Readonly<Record<LogLine['event'], Shape>> = {
  run: objectOf<RunHeader>(run),
  begin: objectOf<ExecutionBegin>({ ...ofIdentity, unique: text, accounts: mapOf(anyObject) }),
  skipped: objectOf<ExecutionSkipped>({ ...ofIdentity, why: oneOf('not-applicable', 'not-run'), reason: text }),
  finish: objectOf<ExecutionEnd>({ ...ofExecution, cut: optional(text) }),
  opened: objectOf<Opened>({ ...ofClient, address: text, subprotocol: optional(text) }),
  refused: objectOf<Refused>({ ...ofClient, status: optional(number), code: text, detail: text }),
  item: objectOf<ItemEvent>(item),
  closed: objectOf<Closed>(closed),
  written: objectOf<Written>(written),
  fetched: objectOf<Fetched>({ ...ofExecution, source: text, value: optional(anything), failed: optional(text) }),
  restarted: objectOf<Restarted>({ ...ofExecution, failed: optional(text) }),
  due: objectOf<DueEvent>({ ...ofExecution, c: optional(text), timer: oneOf('patience', 'until', 'pace', 'timeout') }),
  stalled: objectOf<Stalled>({ t: number, lagUs: number }),
  note: objectOf<RunNote>({ x: optional(number), t: number, c: optional(text), text }),
  end: objectOf<RunFooter>({
    t: number,
    reason: oneOf('completed', 'interrupted', 'max-failures', 'target-unreachable', 'rig'),
    events: number,
  }),
};
