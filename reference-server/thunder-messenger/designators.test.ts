import { expect, it } from 'vitest';
import { createBehaviour } from '../core/behaviour.ts';
import { commonPath, pluginPath, readDesignator } from './designators.ts';

const refusal = (name: string) => ({ refusal: name });

it.each([
  ['Messenger.1.join', commonPath, { method: 'join' }],
  ['Messenger.join', commonPath, { method: 'join' }],
  ['join', commonPath, refusal('unknownCallsign')],
  ['1.join', commonPath, refusal('unknownCallsign')],
  ['messenger.1.join', commonPath, refusal('unknownCallsign')],
  ['Messenger.2.join', commonPath, refusal('unknownVersion')],
  ['Messenger.01.join', commonPath, refusal('unknownVersion')],
  ['Sleeper.1.join', commonPath, refusal('inactiveCallsign')],
  ['A.Messenger.1.join', commonPath, refusal('unknownCallsign')],
  ['', commonPath, refusal('unknownCallsign')],
  ['join', pluginPath, { method: 'join' }],
  ['1.join', pluginPath, { method: 'join' }],
  ['2.join', pluginPath, refusal('unknownVersion')],
  ['Messenger.1.join', pluginPath, { method: 'join' }],
  ['Other.1.join', pluginPath, refusal('unknownCallsign')],
])('%s at %s', (designator, path, read) => {
  expect(readDesignator(designator, path, createBehaviour())).toEqual(read);
});
