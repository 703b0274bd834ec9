import type { ErrorObject } from 'ajv/dist/types/index.js';
import type { Violation } from '../foundation/pack.ts';
import type { Value } from '../foundation/value.ts';
import { formatPointer, parsePointer, valueAt } from './pointer.ts';
import { type Complaint, expectationOf, isUnion } from './schema-wording.ts';
import { shortText } from './short-text.ts';

/** More say nothing that the first do not. */
const mostTold = 5;
/** A frame can be wrong in a hundred thousand places, and sorting them out must not take longer than reading them. */
const mostSorted = 200;

/** What ajv found as violations, the most telling first; of a union only what its nearest branch says. */
export function schemaViolations(frame: Value, errors: readonly ErrorObject[]): readonly Violation[] {
  const complaints = settleUnions(errors.slice(0, mostSorted)).map(error => complaintOf(frame, error));
  const ordered = complaints
    .filter(
      (complaint, k) =>
        complaints.findIndex(other => other.at === complaint.at && other.expected === complaint.expected) === k,
    )
    .map((complaint, k) => ({ complaint, k }))
    .sort((a, b) => rank(a.complaint) - rank(b.complaint) || a.k - b.k)
    .map(({ complaint }) => complaint);
  const told = ordered.slice(0, mostTold).map(violationOf);
  const more = errors.length > mostSorted ? 'many' : ordered.length - told.length;
  return more === 0 ? told : [...told, { code: 'schema', at: '', message: `and ${more} more, all against the schema` }];
}

function violationOf({ at, expected, came }: Complaint): Violation {
  return { code: 'schema', at, message: `expected ${expected}, came ${came}` };
}

/** A value of the wrong sort says more than a member that is missing, and that more than one too many. */
function rank({ keyword }: Complaint): number {
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') return 2;
  return keyword === 'required' || keyword === 'dependentRequired' ? 1 : 0;
}

function complaintOf(frame: Value, error: ErrorObject): Complaint {
  const { keyword, params } = error;
  const member =
    (params as { missingProperty?: string; additionalProperty?: string; unevaluatedProperty?: string }) ?? {};
  const name = member.missingProperty ?? member.additionalProperty ?? member.unevaluatedProperty;
  const at = name === undefined ? error.instancePath : error.instancePath + formatPointer([name]);
  const value = valueAt(frame, parsePointer(at) ?? []);
  return { keyword, at, expected: expectationOf(error), came: value === undefined ? 'none' : shortText(value) };
}

/**
 * Of a failed `anyOf` or `oneOf`: only the complaints of the branch that came nearest, if one came further than the value itself;
 * else the union alone, which says what its branches ask for.
 */
function settleUnions(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  // That `then` or `else` failed is told by what failed in it.
  let left = errors.filter(error => error.keyword !== 'if');
  for (const union of left.filter(isUnion)) {
    if (!left.includes(union)) continue;
    const before = left.slice(0, left.indexOf(union));
    const branches = branchesOf(union, before);
    const nearest = branches
      .filter(branch => !branch.some(error => isAtDoor(error, union)))
      .sort((a, b) => a.length - b.length)[0];
    const inside = branches.flat();
    left = left.filter(error =>
      inside.includes(error) ? nearest?.includes(error) : error !== union || nearest === undefined,
    );
  }
  return left;
}

function branchesOf(union: ErrorObject, errors: readonly ErrorObject[]): readonly (readonly ErrorObject[])[] {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    if (!error.schemaPath.startsWith(`${union.schemaPath}/`)) continue;
    const branch = error.schemaPath.slice(union.schemaPath.length + 1).split('/')[0]!;
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  return [...branches.values()];
}

/** The branch is not the one meant: another type, or another value of the member that tells the branches apart. */
function isAtDoor(error: ErrorObject, union: ErrorObject): boolean {
  const sameValue = error.instancePath === union.instancePath;
  return sameValue ? ['type', 'const', 'enum'].includes(error.keyword) : error.keyword === 'const';
}
