import { nearest } from '../../documents/nearest.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import type { WorkloadPlan } from '../../scenario/workload-plan.ts';
import type { Variation } from '../engine/vary-workload.ts';

/** `subscribers=10,100`, as it was written: what the name means, the workload says. */
export interface SweepWords {
  readonly name: string;
  readonly values: readonly string[];
}

export interface Sweep {
  /** `rate`, `payload`, or a role. */
  readonly over: string;
  readonly unit: SweepUnit;
  readonly points: readonly { readonly value: number; readonly variation: Variation }[];
}

export type SweepUnit = 'perSecond' | 'bytes' | 'users';

export function readSweep(text: string): SweepWords {
  const [, name, list] = /^([A-Za-z][\w-]*)=(.*)$/.exec(text) ?? [];
  const values = list?.split(',').map(value => value.trim()) ?? [];
  const isSweep = name !== undefined && values.length > 1 && new Set(values).size === values.length;
  if (isSweep) return { name, values };
  throw wrong(`a name and several values, such as subscribers=10,100,1000; got ${text}`);
}

/** Settles what is swept: the rate, the payload, or how many users a role has, by its name or the plural of it. */
export function settleSweep({ name, values }: SweepWords, roles: WorkloadPlan['roles']): Sweep {
  const role = roles.find(each => name === each || name === `${each}s`);
  if (role !== undefined) {
    const variation = (value: number) => ({ roleCounts: { [role]: value } });
    return { over: role, unit: 'users', points: pointsOf(values, wholeNumber, `users such as 100`, variation) };
  }
  if (name === 'rate') {
    const points = pointsOf(values, /^(\d+(?:\.\d+)?)(?:\/s)?$/, 'rates such as 50/s', perSecond => ({ perSecond }));
    return { over: 'rate', unit: 'perSecond', points };
  }
  if (name === 'payload') {
    const size = /^(\d+)(?: ?bytes?)?$/;
    const points = pointsOf(values, size, 'sizes such as 200 bytes', payloadBytes => ({ payloadBytes }));
    return { over: 'payload', unit: 'bytes', points };
  }
  const near = nearest(name, ['rate', 'payload', ...roles, ...roles.map(each => `${each}s`)]);
  const advice = near === undefined ? '' : `: did you mean ${near}?`;
  throw wrong(`rate, payload, or a role of the workload (${roles.join(', ')}); ${name} is none${advice}`);
}

const wholeNumber = /^(\d{1,7})$/;

function pointsOf(
  values: readonly string[],
  pattern: RegExp,
  expected: string,
  variation: (value: number) => Variation,
): Sweep['points'] {
  return values.map(text => {
    const value = Number(pattern.exec(text)?.[1]);
    if (value > 0) return { value, variation: variation(value) };
    throw wrong(`${expected}, got ${text === '' ? 'nothing between two commas' : text}`);
  });
}

function wrong(expected: string): AntiphonError {
  const text = `Expected after --sweep ${expected}`;
  return new AntiphonError('usage', 'sweep-wrong', text.endsWith('?') ? text : `${text}.`);
}
