import { entryOf, type Located, type LocatedMap } from '../../documents/located.ts';
import { readBuilt, readRaw } from '../../values/read-built.ts';
import type { ClientStepNode, HttpNode } from '../files/file-types.ts';
import type { Act, AnswerAct, Connect, HttpAct, SendAct } from '../plan.ts';
import { environmentAt } from './environment.ts';
import { openScope } from './name-scope.ts';
import type { Place } from './place.ts';
import { builtAt, countAt, durationAt, literalNumber, optionalBuilt, patternAt } from './read-values.ts';
import { reportUnsettled, settle, settleElements } from './settle.ts';

/** What a step does first (language, section 5). */
export function readAct(node: ClientStepNode, place: Place): Act | undefined {
  if (node.send) return readSend(node, node.send, false, place);
  if (node.raw) return readSend(node, node.raw, true, place);
  if (node.http) return readHttp(node, node.http, place);
  if (node.answer) return readAnswers(node.answer, node, place);
  if (node.close) {
    const { code, half, abort, span } = node.close;
    return { kind: 'close', ...(code && { code: builtAt(place, code) }), half, abort, span };
  }
  if (node.reading) return { kind: 'reading', go: node.reading.value === 'go', span: node.reading.span };
  return undefined;
}

function readSend(node: ClientStepNode, what: Located, raw: boolean, around: Place): SendAct {
  const times = node.times && countAt(around, node.times, 1);
  const place = times ? repeated(around, literalNumber(times)) : around;
  return {
    kind: 'send',
    frames: raw ? [readRaw(what, environmentAt(place))] : readFrames(what, place),
    raw,
    opcode: node.opcode?.value,
    wire: node.wire,
    times,
    window: node.window && countAt(around, node.window, 1),
    every: node.every && durationAt(around, node.every),
    cut: node.cut,
    together: node.together,
    invalid: node.invalid,
    span: what.span,
  };
}

function readFrames(what: Located, place: Place): SendAct['frames'] {
  const settled = settle(what, environmentAt(place));
  if (settled?.node.type !== 'list') return [builtAt(place, what)];
  const elements = settleElements(settled.node, settled.environment);
  if (elements) return elements.map(element => readBuilt(element.node, element.environment));
  reportUnsettled(place, 'the list of frames', what.span);
  return [];
}

/** Each turn has its number, and none binds a name: the next would bind it again. */
function repeated(place: Place, times: number | undefined): Place {
  const { site } = place;
  return {
    ...place,
    site: { ...site, turns: true, bind: times === 1 ? site.bind : 'each turn of times would bind it again' },
  };
}

function readHttp(node: ClientStepNode, http: HttpNode, around: Place): HttpAct {
  const times = node.times && countAt(around, node.times, 1);
  const place = times ? repeated(around, literalNumber(times)) : around;
  const [as, body] = http.json
    ? (['json', http.json] as const)
    : http.form
      ? (['form', http.form] as const)
      : (['text', http.body] as const);
  const [path, query, headers] = [http.path, http.query, http.headers].map(part => optionalBuilt(place, part));
  return {
    kind: 'http',
    method: http.method?.value ?? (body ? 'POST' : 'GET'),
    ...(path && { path }),
    ...(query && { query }),
    ...(headers && { headers }),
    ...(body && { body: { as, built: builtAt(place, body) } }),
    ...(times && { times }),
    ...(node.every && { every: durationAt(around, node.every) }),
    span: http.span,
  };
}

/** Captures of `call` are seen by its own `with`, and by nothing else: an answer stands for any number of calls. */
function readAnswers(answers: NonNullable<ClientStepNode['answer']>, node: ClientStepNode, around: Place): AnswerAct {
  const read = answers.map(answer => {
    const { counts } = around.context;
    const scope = openScope({ number: ++counts.scopes, kind: 'turn', around: around.scope });
    const place: Place = { ...around, scope, site: { ...around.site, several: false, bind: () => {} } };
    return {
      call: patternAt(place, answer.call),
      with: builtAt(place, answer.with),
      ...(answer.times && { times: countAt(around, answer.times, 1) }),
      span: answer.span,
    };
  });
  return { kind: 'answer', answers: read, span: node.span };
}

export function readConnect(node: Located, place: Place): Connect {
  const settled = settle(node, environmentAt(place));
  const map = settled?.node.type === 'map' ? settled.node : undefined;
  if (!settled || !map) {
    reportUnsettled(place, 'what connect takes', node.span);
    return { pong: true, span: node.span };
  }
  const read = (key: string) => {
    const entry = entryOf(map, key);
    return entry && readBuilt(entry.value, settled.environment);
  };
  const [host, port, path, query, headers] = ['host', 'port', 'path', 'query', 'headers'].map(read);
  const subprotocols = textsOf(map, 'subprotocols', settled.environment);
  const pong = entryOf(map, 'pong')?.value;
  return {
    ...(host && { host }),
    ...(port && { port }),
    ...(path && { path }),
    ...(query && { query }),
    ...(headers && { headers }),
    ...(subprotocols && { subprotocols }),
    pong: !(pong?.type === 'scalar' && pong.value === false),
    span: node.span,
  };
}

function textsOf(
  map: LocatedMap,
  key: string,
  environment: ReturnType<typeof environmentAt>,
): readonly string[] | undefined {
  const entry = entryOf(map, key);
  const elements = entry && settleElements(entry.value, environment);
  return elements?.flatMap(({ node }) => (node.type === 'scalar' ? [String(node.value)] : []));
}
