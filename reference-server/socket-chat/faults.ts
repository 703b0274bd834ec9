import { accountFaults } from './account-faults.ts';
import { callFaults } from './call-faults.ts';
import { messageFaults } from './message-faults.ts';

export type FaultName = keyof typeof faults;

export const faults = { ...accountFaults, ...messageFaults, ...callFaults };
