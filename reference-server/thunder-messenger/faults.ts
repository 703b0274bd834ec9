import { observerFaults } from './observer-faults.ts';
import { requestFaults } from './request-faults.ts';
import { roomFaults } from './room-faults.ts';

export type FaultName = keyof typeof faults;

export const faults = { ...requestFaults, ...roomFaults, ...observerFaults };
