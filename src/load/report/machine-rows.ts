import { formatDurationUs } from '../../foundation/duration.ts';
import type { Floor } from '../calibration/floor.ts';
import type { LoadResults } from '../load-results.ts';
import type { MachineReport } from '../metrics/machine.ts';
import type { RigReport } from '../metrics/rig.ts';
import { bytes, count, finely, percent, rate } from './amounts.ts';

/** What this machine did while it measured. What nobody can say here is said to be so. */
export function machineRows({
  machine,
  rigs,
  cpuUsPerDelivery,
  floor,
}: LoadResults): readonly (readonly [string, string])[] {
  return [
    ...(machine ? [['CPU', cpuText(machine, rigs)] as const, ['memory', memoryText(machine)] as const] : []),
    ...(cpuUsPerDelivery === undefined
      ? []
      : [['CPU per delivery', perDeliveryText(cpuUsPerDelivery, floor)] as const]),
    ...rigs.map((rig, k) => [rigs.length === 1 ? 'event loop' : `event loop ${k + 1}`, rigText(rig)] as const),
    ['floor', floorText(floor)],
  ];
}

function perDeliveryText(us: number, floor: Floor): string {
  const ofFloor = floor.measured ? floor.cpuUsPerDelivery : undefined;
  return ofFloor === undefined ? finely(us) : `${finely(us)} (floor: ${finely(ofFloor)})`;
}

function floorText(floor: Floor): string {
  if (!floor.measured) return floor.why;
  const { connections, publishesPerSecond, deliveriesPerSecond, holdUs, frameFromBytes, frameToBytes, reasons } = floor;
  const sizes =
    frameFromBytes === frameToBytes ? count(frameToBytes) : `${count(frameFromBytes)} to ${count(frameToBytes)}`;
  const how = [
    `a bare server on this machine for ${formatDurationUs(holdUs)}: ${count(connections)} connections`,
    `${rate(publishesPerSecond)} to ${rate(deliveriesPerSecond)} of ${sizes} bytes`,
  ].join(', ');
  return [how, ...reasons].join('; ');
}

function cpuText({ processors, ownCpuShare, othersCpuShare, target }: MachineReport, rigs: readonly RigReport[]) {
  const spinShare = rigs.reduce((sum, rig) => sum + rig.spinShare, 0);
  return [
    `this tool ${percent(ownCpuShare)} (${percent(spinShare)} only waiting awake)`,
    ...(target ? [`target ${percent(target.cpuShare)}`] : []),
    `all others ${othersCpuShare === undefined ? unknown : percent(othersCpuShare)}`,
    `100 % is one of ${processors} ${processors === 1 ? 'processor' : 'processors'}`,
  ].join(', ');
}

function memoryText({ ownMemoryBytes, target }: MachineReport): string {
  return [`this tool ${bytes(ownMemoryBytes)}`, ...(target ? [`target ${bytes(target.memoryBytes)}`] : [])].join(', ');
}

function rigText({ loopDelayP99Us, gcShare, gcLongestUs, runQueueShare }: RigReport): string {
  return [
    `late ${formatDurationUs(loopDelayP99Us)} at p99`,
    `garbage ${percent(gcShare)}, longest ${formatDurationUs(gcLongestUs)}`,
    `waiting for a processor ${runQueueShare === undefined ? unknown : percent(runQueueShare)}`,
  ].join(', ');
}

const unknown = 'unknown on this system';
