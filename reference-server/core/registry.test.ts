import { expect, it } from 'vitest';
import { createRegistry } from './registry.ts';

it('knows every connection of a user, one for each device', () => {
  const registry = createRegistry();
  registry.bind(1, { user: 'alice', device: 'phone' });
  registry.bind(2, { user: 'alice', device: 'laptop' });
  registry.bind(3, { user: 'bob', device: 'phone' });
  expect(registry.connectionsOf(['alice', 'bob', 'nobody'])).toEqual([1, 2, 3]);
  expect(registry.connectionOf('alice', 'laptop')).toBe(2);
  expect(registry.occupantOf(3)).toEqual({ user: 'bob', device: 'phone' });
});

it('gives a device to its newer connection', () => {
  const registry = createRegistry();
  expect(registry.bind(1, { user: 'alice', device: 'phone' })).toBeUndefined();
  expect(registry.bind(2, { user: 'alice', device: 'phone' })).toBe(1);
  expect(registry.connectionsOf(['alice'])).toEqual([2]);
  expect(registry.occupantOf(1)).toBeUndefined();
  registry.release(1);
  expect(registry.connectionsOf(['alice'])).toEqual([2]);
});

it('moves a connection that is bound again', () => {
  const registry = createRegistry();
  registry.bind(1, { user: 'alice', device: 'phone' });
  expect(registry.bind(1, { user: 'alice', device: 'phone' })).toBeUndefined();
  registry.bind(1, { user: '__proto__', device: 'phone' });
  expect(registry.connectionsOf(['alice'])).toEqual([]);
  expect(registry.connectionsOf(['__proto__'])).toEqual([1]);
});
