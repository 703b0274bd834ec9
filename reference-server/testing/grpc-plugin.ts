/** For tests: a plugin of Tinode, which listens, remembers its calls and answers as it is told to. */
import { EventEmitter, once } from 'node:events';
import type { ServerUnaryCall, ServiceDefinition, sendUnaryData } from '@grpc/grpc-js';
import type { Members, MessageType } from '../core/protobuf.ts';
import { serveGrpc } from '../fronts/grpc.ts';
import {
  accountEvent,
  findAnswer,
  findRequest,
  hoseAnswer,
  hoseRequest,
  messageEvent,
  nothing,
  subscriptionEvent,
  topicEvent,
} from '../tinode/messages/plugin.ts';

export interface PluginCall {
  readonly name: string;
  readonly request: Members;
}

export interface TestPlugin {
  readonly address: string;
  /** Without those of FireHose that nobody asked for. */
  readonly calls: PluginCall[];
  /** What the next calls of this name are answered, if this says anything. */
  answer: (call: PluginCall) => Members | undefined;
  /** The first call that fits, whether it has come already or not. */
  called(fits: (call: PluginCall) => boolean): Promise<PluginCall>;
  stop(): Promise<void>;
}

export async function startTestPlugin(): Promise<TestPlugin> {
  const arrivals = new EventEmitter();
  const calls: PluginCall[] = [];
  const methods = Object.entries(types).map(([name, [request, response]]) => {
    const handle = ({ request: members }: ServerUnaryCall<Members, Members>, reply: sendUnaryData<Members>) => {
      const call = { name, request: members };
      calls.push(call);
      arrivals.emit('call');
      reply(null, plugin.answer(call) ?? {});
    };
    return { name, method: methodOf(name, request, response), handle };
  });
  const front = await serveGrpc({
    host: '127.0.0.1',
    port: 0,
    messageBytes: 1_048_576,
    closeMs: 100,
    services: [
      {
        definition: Object.fromEntries(methods.map(({ name, method }) => [name, method])),
        implementation: Object.fromEntries(methods.map(({ name, handle }) => [name, handle])),
      },
    ],
  });
  const plugin: TestPlugin = {
    address: new URL(front.url).host,
    calls,
    answer: () => undefined,
    async called(fits) {
      while (true) {
        const found = calls.find(fits);
        if (found) return found;
        await once(arrivals, 'call');
      }
    },
    stop: front.stop,
  };
  return plugin;
}

const types: Readonly<Record<string, readonly [MessageType, MessageType]>> = {
  FireHose: [hoseRequest, hoseAnswer],
  Find: [findRequest, findAnswer],
  Account: [accountEvent, nothing],
  Topic: [topicEvent, nothing],
  Subscription: [subscriptionEvent, nothing],
  Message: [messageEvent, nothing],
};

function methodOf(name: string, request: MessageType, response: MessageType): ServiceDefinition[string] {
  return {
    path: `/pbx.Plugin/${name}`,
    requestStream: false,
    responseStream: false,
    requestDeserialize: request.decode,
    requestSerialize: request.encode as ServiceDefinition[string]['requestSerialize'],
    responseSerialize: response.encode as ServiceDefinition[string]['responseSerialize'],
    responseDeserialize: response.decode,
  };
}
