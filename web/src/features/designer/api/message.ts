// What went wrong, for people. An error that is none of the server's is a bug and goes on.
import { ApiError } from '@/contract/api-error';
import { FlowFault } from '../graph/flow-json';

export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof FlowFault) return `This is no script: ${error.message}.`;
  throw error;
}
