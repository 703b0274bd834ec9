/** The service Node: a session over one call, and files. Its calls need no key. */
import type { ServiceDefinition } from '@grpc/grpc-js';
import type { GrpcService } from '../fronts/grpc.ts';
import { followLoop, type LoopOptions } from '../fronts/grpc-loop.ts';
import type { SharedConnections } from '../fronts/websocket.ts';
import { readClientFrame, writeServerFrame } from './messages/frames.ts';

export const loopPath = '/pbx.Node/MessageLoop';

export function createNodeService(
  shared: SharedConnections,
  options: Pick<LoopOptions, 'queueBytes' | 'log'>,
): GrpcService {
  return {
    definition,
    implementation: { messageLoop: followLoop(shared, { ...options, path: loopPath, encode: writeServerFrame }) },
  };
}

const definition: ServiceDefinition = {
  messageLoop: {
    path: loopPath,
    requestStream: true,
    responseStream: true,
    requestDeserialize: bytes => Buffer.from(readClientFrame(bytes)),
    requestSerialize: (bytes: Buffer) => bytes,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: bytes => bytes,
  },
};
