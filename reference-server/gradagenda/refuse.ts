import { createBehaviour } from '../core/behaviour.ts';
import { type JsonSource, readJson } from '../core/json-source.ts';
import type { Refusal, Refuse } from '../core/protocol.ts';
import { readAction } from './actions.ts';
import { createFrames } from './frames.ts';

/** Section 3.3.1 of the GradAgenda specification: a status response `failed`, with the cdid, for each action. */
export const refuse: Refuse = ({ text }) => {
  const source = readJson(text);
  return source === undefined ? [refusal(undefined)] : refuseAction(source, 0);
};

function refuseAction(source: JsonSource, depth: number): readonly Refusal[] {
  const action = readAction(source);
  if (action.type !== 'batch-mode-action' || depth > greatestDepth) return [refusal(action.cdid)];
  return action.actions.flatMap(inner => refuseAction(inner, depth + 1));
}

function refusal(cdid: JsonSource | undefined): Refusal {
  return { text: frames.statusResponse('failed', cdid, 'refused') };
}

const frames = createFrames(createBehaviour(), 4096);

const greatestDepth = 100;
