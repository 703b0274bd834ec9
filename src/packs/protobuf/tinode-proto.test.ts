import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPack } from '../find-pack.ts';
import { loadProto } from './load-proto.ts';
import type { ProtoField } from './proto-schema.ts';

const schema = loadProto(join(findPack('tinode').protoFolder, 'tinode.proto'));

// Typed from the document, not from the schema: a number that is wrong there is not wrong here too.
const messages: Readonly<Record<string, string>> = {
  Unused: '',
  DefaultAcsMode: 'string auth 1, string anon 2',
  AccessMode: 'string want 1, string given 2',
  SetSub: 'string user_id 1, string mode 2',
  ClientCred: 'string method 1, string value 2, string response 3, map<string, bytes> params 4',
  SetDesc: 'DefaultAcsMode default_acs 1, bytes public 2, bytes private 3, bytes trusted 4',
  SeqRange: 'int32 low 1, int32 hi 2',
  GetOpts:
    'int64 if_modified_since 1, string user 2, string topic 3, int32 since_id 4, int32 before_id 5, int32 limit 6, repeated SeqRange ranges 7',
  GetQuery: 'string what 1, GetOpts desc 2, GetOpts sub 3, GetOpts data 4',
  SetQuery: 'SetDesc desc 1, SetSub sub 2, repeated string tags 3, ClientCred cred 4, map<string, bytes> aux 5',
  ClientHi:
    'string id 1, string user_agent 2, string ver 3, string device_id 4, string lang 5, string platform 6, bool background 7',
  ClientAcc:
    'string id 1, string user_id 2, string scheme 3, bytes secret 4, bool login 5, repeated string tags 6, SetDesc desc 7, repeated ClientCred cred 8, bytes token 9, string state 10, AuthLevel auth_level 11, string tmp_scheme 12, bytes tmp_secret 13',
  ClientLogin: 'string id 1, string scheme 2, bytes secret 3, repeated ClientCred cred 4',
  ClientSub: 'string id 1, string topic 2, SetQuery set_query 3, GetQuery get_query 4',
  ClientLeave: 'string id 1, string topic 2, bool unsub 3',
  ClientPub: 'string id 1, string topic 2, bool no_echo 3, map<string, bytes> head 4, bytes content 5',
  ClientGet: 'string id 1, string topic 2, GetQuery query 3',
  ClientSet: 'string id 1, string topic 2, SetQuery query 3',
  ClientDel:
    'string id 1, string topic 2, What what 3, repeated SeqRange del_seq 4, string user_id 5, ClientCred cred 6, bool hard 7',
  ClientNote: 'string topic 1, InfoNote what 2, int32 seq_id 3, int32 unread 4, CallEvent event 5, bytes payload 6',
  ClientExtra: 'repeated string attachments 1, string on_behalf_of 2, AuthLevel auth_level 3',
  ClientMsg:
    'ClientHi hi 1, ClientAcc acc 2, ClientLogin login 3, ClientSub sub 4, ClientLeave leave 5, ClientPub pub 6, ClientGet get 7, ClientSet set 8, ClientDel del 9, ClientNote note 10, ClientExtra extra 13',
  ServerCred: 'string method 1, string value 2, bool done 3',
  TopicDesc:
    'int64 created_at 1, int64 updated_at 2, int64 touched_at 3, DefaultAcsMode defacs 4, AccessMode acs 5, int32 seq_id 6, int32 read_id 7, int32 recv_id 8, int32 del_id 9, bytes public 10, bytes private 11, string state 12, int64 state_at 13, bytes trusted 14, bool is_chan 17, bool online 18, int64 last_seen_time 15, string last_seen_user_agent 16',
  TopicSub:
    'int64 updated_at 1, int64 deleted_at 2, bool online 3, AccessMode acs 4, int32 read_id 5, int32 recv_id 6, bytes public 7, bytes trusted 16, bytes private 8, string user_id 9, string topic 10, int64 touched_at 11, int32 seq_id 12, int32 del_id 13, int64 last_seen_time 14, string last_seen_user_agent 15',
  DelValues: 'int32 del_id 1, repeated SeqRange del_seq 2',
  ServerCtrl: 'string id 1, string topic 2, int32 code 3, string text 4, map<string, bytes> params 5',
  ServerData:
    'string topic 1, string from_user_id 2, int64 timestamp 7, int64 deleted_at 3, int32 seq_id 4, map<string, bytes> head 5, bytes content 6',
  ServerPres:
    'string topic 1, string src 2, What what 3, string user_agent 4, int32 seq_id 5, int32 del_id 6, repeated SeqRange del_seq 7, string target_user_id 8, string actor_user_id 9, AccessMode acs 10',
  ServerMeta:
    'string id 1, string topic 2, TopicDesc desc 3, repeated TopicSub sub 4, DelValues del 5, repeated string tags 6, repeated ServerCred cred 7, map<string, bytes> aux 8',
  ServerInfo:
    'string topic 1, string from_user_id 2, InfoNote what 3, int32 seq_id 4, string src 5, CallEvent event 6, bytes payload 7',
  ServerMsg:
    'ServerCtrl ctrl 1, ServerData data 2, ServerPres pres 3, ServerMeta meta 4, ServerInfo info 5, string topic 6',
  ServerResp: 'RespCode status 1, ServerMsg srvmsg 2, ClientMsg clmsg 3',
  Session:
    'string session_id 1, string user_id 2, AuthLevel auth_level 3, string remote_addr 4, string user_agent 5, string device_id 6, string language 7',
  ClientReq: 'ClientMsg msg 1, Session sess 2',
  SearchQuery: 'string user_id 1, string query 2',
  SearchFound: 'RespCode status 1, string query 2, repeated TopicSub result 3',
  TopicEvent: 'Crud action 1, string name 2, TopicDesc desc 3',
  AccountEvent: 'Crud action 1, string user_id 2, DefaultAcsMode default_acs 3, bytes public 4, repeated string tags 8',
  SubscriptionEvent:
    'Crud action 1, string topic 2, string user_id 3, int32 del_id 4, int32 read_id 5, int32 recv_id 6, AccessMode mode 7, bytes private 8',
  MessageEvent: 'Crud action 1, ServerData msg 2',
  Auth: 'string scheme 1, string secret 2',
  FileMeta: 'string name 1, string mime_type 2, string etag 3, int64 size 4',
  FileUpReq: 'string id 1, Auth auth 2, string topic 3, FileMeta meta 4, bytes content 5',
  FileUpResp: 'string id 1, int32 code 2, string text 3, FileMeta meta 4, string redir_url 5',
  FileDownReq: 'string id 1, Auth auth 2, string uri 3, string if_modified 4',
  FileDownResp: 'string id 1, int32 code 2, string text 3, FileMeta meta 4, string redir_url 5, bytes content 6',
};

const enums: Readonly<Record<string, string>> = {
  AuthLevel: 'NONE 0, ANON 10, AUTH 20, ROOT 30',
  'ClientDel.What': 'X0 0, MSG 1, TOPIC 2, SUB 3, USER 4, CRED 5',
  InfoNote: 'X1 0, READ 1, RECV 2, KP 3, CALL 4',
  CallEvent: 'X2 0, ACCEPT 1, ANSWER 2, HANG_UP 3, ICE_CANDIDATE 4, INVITE 5, OFFER 6, RINGING 7',
  'ServerPres.What':
    'X3 0, ON 1, OFF 2, UA 3, UPD 4, GONE 5, ACS 6, TERM 7, MSG 8, READ 9, RECV 10, DEL 11, TAGS 12, AUX 13',
  RespCode: 'CONTINUE 0, DROP 1, RESPOND 2, REPLACE 3',
  Crud: 'CREATE 0, UPDATE 1, DELETE 2',
};

const methods: Readonly<Record<string, string>> = {
  '/pbx.Node/MessageLoop': 'ClientMsg ServerMsg',
  '/pbx.Node/LargeFileReceive': 'FileUpReq FileUpResp',
  '/pbx.Node/LargeFileServe': 'FileDownReq FileDownResp',
  '/pbx.Plugin/FireHose': 'ClientReq ServerResp',
  '/pbx.Plugin/Find': 'SearchQuery SearchFound',
  '/pbx.Plugin/Account': 'AccountEvent Unused',
  '/pbx.Plugin/Topic': 'TopicEvent Unused',
  '/pbx.Plugin/Subscription': 'SubscriptionEvent Unused',
  '/pbx.Plugin/Message': 'MessageEvent Unused',
};

/** `repeated SeqRange ranges 7` */
function text({ name, number, type, many }: ProtoField): string {
  const of = type.is === 'message' || type.is === 'enum' ? nameOf(type) : type.is;
  return `${many === 'list' ? 'repeated ' : ''}${many === 'map' ? `map<string, ${of}>` : of} ${name} ${number}`;
}

function nameOf(type: Extract<ProtoField['type'], { is: 'message' | 'enum' }>): string {
  return type.is === 'enum' ? type.of.name : type.name.slice('pbx.'.length);
}

function byNumber(fields: Iterable<ProtoField>): readonly string[] {
  return [...fields].sort((a, b) => a.number - b.number).map(text);
}

test('every message has its fields, with their types and numbers', () => {
  const declared = [...schema.messages].filter(([name]) => name.split('.').length === 2);
  expect(Object.fromEntries(declared.map(([name, { fields }]) => [name.slice(4), byNumber(fields.values())]))).toEqual(
    Object.fromEntries(
      Object.entries(messages).map(([name, fields]) => [
        name,
        fields === '' ? [] : fields.split(/, (?!bytes>)/).sort((a, b) => numberIn(a) - numberIn(b)),
      ]),
    ),
  );
});

function numberIn(row: string): number {
  return Number(row.slice(row.lastIndexOf(' ')));
}

test('every enum has its values', () => {
  const found = [...schema.enums].map(([name, { numbers }]) => [
    name.slice(4),
    [...numbers].map(([value, number]) => `${value} ${number}`).join(', '),
  ]);
  expect(Object.fromEntries(found)).toEqual(enums);
});

test('every call takes and gives what it should', () => {
  const found = [...schema.methods].map(([path, { request, response }]) => [
    path,
    `${request.slice(4)} ${response.slice(4)}`,
  ]);
  expect(Object.fromEntries(found)).toEqual(methods);
});

test('what a client or a server sends is one of the members, and extra and topic stand beside them', () => {
  const beside = (message: string) =>
    [...schema.messages.get(message)!.fields.values()]
      .filter(({ oneof }) => oneof !== 'Message')
      .map(({ name }) => name);
  expect(beside('pbx.ClientMsg')).toEqual(['extra']);
  expect(beside('pbx.ServerMsg')).toEqual(['topic']);
});
