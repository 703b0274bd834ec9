import type { Act, ClientStep, Connect, SendAct, Step } from '../../scenario/plan.ts';
import { checkedDemand, expectationLines } from './expectation-words.ts';
import type { WrittenForm } from './written-form.ts';

/** A step in words: the first line says what is done, the others what is read. */
export function stepLines(step: Step, form: WrittenForm): readonly string[] {
  const place = `(${form.place(step.span)})`;
  if (step.kind === 'fetch')
    return [`the source ${step.source} is asked with ${form.written(step.with.span)} ${place}`];
  if (step.kind === 'restart') return [`the target is restarted ${place}`];
  return [`${step.clients.join(', ')} ${deeds(step, form)} ${place}`, ...readingLines(step, form)];
}

function deeds({ connect, act, mark, since, clients }: ClientStep, form: WrittenForm): string {
  const parts = [
    ...(connect ? [connectWords(connect, form)] : []),
    ...(act ? [actWords(act, form)] : []),
    ...(mark === undefined ? [] : [`marking the instant as ${mark}`]),
    ...(since === undefined ? [] : [`counting time from ${since}`]),
  ];
  if (parts.length === 0) return clients.length > 1 ? 'read, each for itself' : 'reads';
  return clients.length > 1 ? `at once, each: ${parts.join(', ')}` : parts.join(', ');
}

function connectWords(connect: Connect, form: WrittenForm): string {
  const { host, port, path, query, headers, subprotocols, pong, span } = connect;
  const plain = [host, port, path, query, headers, subprotocols].every(each => each === undefined);
  return `connects${plain ? '' : ` with ${form.written(span)}`}${pong ? '' : ', leaving pings unanswered'}`;
}

function actWords(act: Act, form: WrittenForm): string {
  switch (act.kind) {
    case 'send':
      return sendWords(act, form);
    case 'http':
      return `asks over HTTP ${form.written(act.span)}`;
    case 'answer':
      return `will answer ${act.answers.length === 1 ? 'a call' : 'calls'} of the target: ${form.written(act.span)}`;
    case 'close':
      if (act.abort) return 'drops its connection';
      return act.half
        ? 'closes its half of the connection'
        : `closes${act.code ? ` with code ${form.written(act.code.span)}` : ''}`;
    case 'reading':
      return act.go ? 'goes on reading' : 'stops reading';
  }
}

function sendWords(act: SendAct, form: WrittenForm): string {
  const { frames, raw, wire, opcode, times, window, every, cut, together, invalid } = act;
  const how = [
    ...(invalid ? ['which breaks the schema on purpose'] : []),
    ...(opcode === undefined ? [] : [`as ${opcode}`]),
    ...(wire ? ['below the framing'] : []),
    ...(times ? [`${form.written(times.span)} times`] : []),
    ...(window ? [`at most ${form.written(window.span)} unanswered`] : []),
    ...(every ? [`one every ${form.written(every.span)}`] : []),
    ...(cut === undefined ? [] : [cut === 'each' ? 'byte by byte' : `cut at ${cut.join(', ')}`]),
    ...(together ? ['in one write'] : []),
  ];
  const what = frames.map(frame => form.written(frame.span)).join(' and ');
  return [`sends ${raw ? 'as it stands ' : ''}${what}`, ...how].join(', ');
}

function readingLines({ expect, never, ignore, until }: ClientStep, form: WrittenForm): readonly string[] {
  return [
    ...(expect ? expectationLines(expect, form) : []),
    ...never.map(({ check, demand }) => `never ${checkedDemand(demand, check, form)}`),
    ...(ignore
      ? [ignore.length === 0 ? 'ignoring nothing' : `ignoring ${ignore.length} kinds of frames of its own`]
      : []),
    ...(until
      ? [until.kind === 'barrier' ? 'until its barrier is answered' : `for ${form.written(until.duration.span)}`]
      : []),
  ];
}
