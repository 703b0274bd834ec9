/** The service Node: a session over one call, and files. Its calls need no key. */
import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import type { MessageType } from '../core/protobuf.ts';
import type { GrpcService } from '../fronts/grpc.ts';
import { followLoop, type LoopOptions } from '../fronts/grpc-loop.ts';
import type { SharedConnections } from '../fronts/websocket.ts';
import type { FilesOptions } from './files.ts';
import { receiveFile, serveFile } from './grpc-files.ts';
import { downloadAnswer, downloadRequest, uploadAnswer, uploadRequest } from './messages/files.ts';
import { readClientFrame, writeServerFrame } from './messages/frames.ts';

export const loopPath = '/pbx.Node/MessageLoop';

export interface NodeOptions extends Pick<LoopOptions, 'queueBytes' | 'log'> {
  readonly files: FilesOptions;
}

export function createNodeService(shared: SharedConnections, { queueBytes, log, files }: NodeOptions): GrpcService {
  return {
    definition,
    implementation: {
      messageLoop: followLoop(shared, { queueBytes, log, path: loopPath, encode: writeServerFrame }),
      largeFileReceive: receiveFile(files),
      largeFileServe: serveFile(files),
    },
  };
}

const definition: ServiceDefinition = {
  messageLoop: {
    path: loopPath,
    requestStream: true,
    responseStream: true,
    requestDeserialize: bytes => Buffer.from(readClientFrame(bytes)),
    requestSerialize: asItIs,
    responseSerialize: asItIs,
    responseDeserialize: asItIs,
  },
  largeFileReceive: {
    ...fileCall('/pbx.Node/LargeFileReceive', uploadRequest, uploadAnswer),
    requestStream: true,
    responseStream: false,
  },
  largeFileServe: {
    ...fileCall('/pbx.Node/LargeFileServe', downloadRequest, downloadAnswer),
    requestStream: false,
    responseStream: true,
  },
};

type Coding = Omit<MethodDefinition<object, object>, 'requestStream' | 'responseStream'>;

function fileCall(path: string, request: MessageType, response: MessageType): Coding {
  return {
    path,
    requestDeserialize: request.decode,
    requestSerialize: request.encode as Coding['requestSerialize'],
    responseSerialize: response.encode as Coding['responseSerialize'],
    responseDeserialize: response.decode,
  };
}

function asItIs(bytes: Buffer): Buffer {
  return bytes;
}
