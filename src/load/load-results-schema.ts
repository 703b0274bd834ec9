import type { JsonSchemaObject } from '../documents/json-schema.ts';
import { createCounters } from './ledger/counters.ts';
import { timingNames } from './ledger/timings.ts';
import { loadEnds } from './load-results.ts';
import { count, list, number, object, text } from './schema-parts.ts';

/** The JSON Schema of what `load` leaves in results.json: `schemas/load-results.schema.json`. */
export function loadResultsSchema(): JsonSchemaObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://antiphon.dev/schemas/load-results.schema.json',
    title: 'Antiphon results of a load (results.json), format 1',
    description: 'What a workload showed: all figures, and what was made of them. Times in whole microseconds.',
    ...object(
      {
        format: { const: 1, description: 'Version of this format.' },
        kind: { const: 'load', description: 'Not the results of a suite.' },
        tool: text('Name and version of the tool: `antiphon 0.1.0`.'),
        workload: text('Logical name of the workload.'),
        title: text('Its title.'),
        startedAt: text('When the run began, RFC 3339.'),
        seed: text('Seed of everything random in the run.'),
        target: { $ref: '#/$defs/target', description: 'What was put under load, without a secret.' },
        transport: { $ref: '#/$defs/transport', description: 'On what messages were received.' },
        ended: {
          enum: loadEnds,
          description:
            'How it ended. interrupted: by a signal; aborted: a threshold was missed for good; not-joined: nothing was measured; worker-gone: a worker ended, and what it had measured is missing.',
        },
        verdict: { $ref: '#/$defs/verdict', description: 'Of the whole run.' },
        reasons: list(text('One reason.'), 'Why it is not passed.'),
        thresholds: list({ $ref: '#/$defs/threshold' }, 'One for each threshold, the implied one included.'),
        channels: count('How many channels.'),
        connections: count('Connections of all channels.'),
        openedInUs: count('From the first connection until the last one was open, or had failed.'),
        connectedInUs: count('From the first connection until everybody had joined.'),
        holdUs: count('How long hold was meant to be.'),
        measuredUs: count('How much of it was measured.'),
        deadlineUs: count('What comes later than this after it was due is late.'),
        counters: { $ref: '#/$defs/counters', description: 'What was counted; docs/load.md says what each means.' },
        timings: timings(),
        deliveryRatio: number('`delivered` by `expected`; left out if nobody was to receive anything.'),
        replies: { $ref: '#/$defs/replies', description: 'Over HTTP only: a good reply counts as delivered.' },
        fairness: number('p99 of the worst receiver by that of the median one; left out if nothing was delivered.'),
        perSecond: { $ref: '#/$defs/perSecond', description: 'Averages over what was measured.' },
        machine: {
          $ref: '#/$defs/machine',
          description: 'Processes of this machine in hold; left out if it never began.',
        },
        rigs: list({ $ref: '#/$defs/rig' }, 'The threads that measured, one for each worker.'),
        cpuUsPerDelivery: number(
          'Processor time of this tool by deliveries, without what it only waited awake; left out if nothing was delivered.',
        ),
        floor: {
          $ref: '#/$defs/floor',
          description:
            'The same on a server that does nothing but hand on: what of the figures is this machine and this tool.',
        },
        seconds: list({ $ref: '#/$defs/second' }, 'Hold, second by second, of all workers.'),
        faults: list({ $ref: '#/$defs/fault' }, 'The first of each kind.'),
        joinFailures: list({ $ref: '#/$defs/joinFailure' }, 'Who could not join.'),
      },
      undefined,
      ['deliveryRatio', 'replies', 'fairness', 'machine', 'cpuUsPerDelivery'],
    ),
    $defs: definitions(),
  };
}

function timings(): JsonSchemaObject {
  const each = timingNames.map(name => [name, { $ref: '#/$defs/timing', description: 'A distribution.' }] as const);
  return object(Object.fromEntries(each), 'What was timed; left out if nothing was.', timingNames);
}

function definitions() {
  return {
    verdict: {
      enum: ['pass', 'inconclusive', 'fail'],
      description: 'inconclusive: this machine was the limit, or too little was measured.',
    },
    target: object({
      title: text('Title of the target.'),
      kind: text('How it was named: bundled, url or file.'),
      endpoints: { type: 'object', additionalProperties: { type: 'string' }, description: 'Address by transport.' },
    }),
    transport: object({
      name: text('Name of the transport in the pack.'),
      kind: text('Its kind; empty if nobody joined.'),
      fast: { type: 'boolean', description: 'Messages are read without parsing.' },
    }),
    threshold: object({
      threshold: text('As written.'),
      verdict: { $ref: '#/$defs/verdict', description: 'What became of it.' },
      actual: text('What the figure was, in words.'),
    }),
    counters: object(Object.fromEntries(Object.keys(createCounters()).map(name => [name, count('A count.')]))),
    timing: timing(),
    replies: object({
      statuses: { type: 'object', additionalProperties: count('How many.'), description: 'By HTTP status.' },
      refused: count('Another status than 2xx.'),
      wrong: count('A status 2xx, and not the reply that the pack says.'),
      ended: count('The connection ended without a reply.'),
      timedOut: count('No reply until the deadline.'),
    }),
    perSecond: object({
      publishes: number('Messages sent.'),
      deliveries: number('Messages received, late ones included.'),
      sentBytes: number('Bytes sent.'),
      receivedBytes: number('Bytes received.'),
    }),
    ...ofThisMachine(),
    floor: floorSchema(),
    ...tellings(),
  };
}

function timing() {
  const percentiles = ['p50Us', 'p90Us', 'p95Us', 'p99Us', 'p999Us'];
  return object(
    {
      count: count('How many were timed.'),
      never: count('Messages that should have a time and never had; they count as greater than all others.'),
      minUs: count('The least.'),
      meanUs: count('The mean; left out if some never had a time, as is the greatest.'),
      ...Object.fromEntries(percentiles.map(name => [name, count('A percentile; left out if it is never.')])),
      maxUs: count('The greatest.'),
      hdr: text('The HDR histogram: V2, compressed, base64.'),
    },
    undefined,
    ['meanUs', ...percentiles, 'maxUs'],
  );
}

function ofThisMachine() {
  return {
    machine: object(
      {
        processors: count('How many this process may use.'),
        ownCpuShare: number('Processor time of this tool with all its workers, as a share of one processor.'),
        ownMemoryBytes: count('Its resident memory at the end.'),
        othersCpuShare: number('That of all that is neither the tool nor its target; left out where nobody can say.'),
        target: object(
          {
            cpuShare: number('Processor time, as a share of one processor.'),
            memoryBytes: count('Resident memory at the end.'),
          },
          'The target, with all that it has started; left out if it was not ours to start, or nobody can say.',
        ),
      },
      undefined,
      ['othersCpuShare', 'target'],
    ),
    rig: object(
      {
        cpuShare: number('Processor time of the thread, as a share of one processor; left out where nobody can say.'),
        spinShare: number('What of that was only waiting awake for the instant of a message.'),
        runQueueShare: number('Share of the time spent waiting for a processor; left out where nobody can say.'),
        loopDelayP99Us: count('How late the event loop was.'),
        gcShare: number('Share of the time spent on garbage.'),
        gcLongestUs: count('The longest collection.'),
        memoryBytes: count('Resident memory of the process at the end.'),
      },
      undefined,
      ['cpuShare', 'runQueueShare'],
    ),
  };
}

function floorSchema(): JsonSchemaObject {
  const none = object({ measured: { const: false, description: 'It is not known.' }, why: text('Why, in words.') });
  const measured = object(
    {
      measured: { const: true, description: 'It is known.' },
      holdUs: count('How long was measured.'),
      connections: count('How many.'),
      messages: count('Messages sent.'),
      publishesPerSecond: number('Messages sent a second.'),
      deliveriesPerSecond: number('Messages received a second.'),
      frameFromBytes: count('The shortest message on the wire.'),
      frameToBytes: count('The longest.'),
      timings: timings(),
      cpuUsPerDelivery: number('As of the load itself; left out if nothing was delivered.'),
      reasons: list(text('One reason.'), 'Why this machine could not even keep up with that.'),
    },
    undefined,
    ['cpuUsPerDelivery'],
  );
  return { oneOf: [none, measured] };
}

/** What is told while a load runs. */
function tellings() {
  return {
    second: object(
      {
        second: count('Number of the second, from 0.'),
        publishes: count('Messages sent in it.'),
        deliveries: count('Messages received in it.'),
        counters: { $ref: '#/$defs/counters', description: 'Since the begin of hold.' },
        deliveryP50Us: count('Of this second; left out if nothing came.'),
        deliveryP90Us: count('Of this second; left out if nothing came.'),
        deliveryP99Us: count('Of this second; left out if nothing came.'),
        deliveryMaxUs: count('Of this second; left out if nothing came.'),
        sendDelayP99Us: count('Of this second; left out if nothing was sent.'),
        loopDelayP99Us: count('Of this second, how late the event loop of the worst worker was.'),
        runQueueShare: number('Of this second, likewise: waiting for a processor; left out where nobody can say.'),
      },
      undefined,
      ['deliveryP50Us', 'deliveryP90Us', 'deliveryP99Us', 'deliveryMaxUs', 'sendDelayP99Us', 'runQueueShare'],
    ),
    fault: object(
      {
        kind: text('lost, late, duplicate, unexpected, corrupt, reordered, invalid or not-rejoined.'),
        channel: count('Number of the channel, from 0.'),
        receiver: text('Who should have received it, or did.'),
        sender: text('Who sent it, where that is known.'),
        sequence: count('Number of the message, of its sender.'),
        dueUs: number('When it was due, on the clock of the run.'),
        atUs: number('When it was seen.'),
        about: text('More, in words.'),
      },
      undefined,
      ['sender', 'sequence', 'dueUs', 'atUs', 'about'],
    ),
    joinFailure: object({
      channel: count('Number of the channel, from 0.'),
      client: text('Who.'),
      at: text('File and line of the step.'),
      message: text('Why.'),
    }),
  };
}
