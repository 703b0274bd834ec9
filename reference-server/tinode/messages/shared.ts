/** Messages that are part of others, from clients and from the server. */
import { int32, message, one, text } from '../../core/protobuf.ts';

export const access = message({ 1: one('want', text), 2: one('given', text) });
export const defaultAccess = message({ 1: one('auth', text), 2: one('anon', text) });
export const range = message({ 1: one('low', int32), 2: one('hi', int32) });
