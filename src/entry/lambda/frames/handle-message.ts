import type { Application } from '../../application.js';
import { answerMessage } from './answer-message.js';
import type { Handled } from './handled.js';
import type { Message } from './reading/message.js';
import { takeMessage } from './unanswered/take-message.js';
import { UNANSWERED_ROUTES } from './unanswered/unanswered-routes.js';

/** The route that API Gateway selected says whether it returns anything to the client. */
export const handleMessage = async (
  application: Application,
  message: Message,
  timeoutMs?: number,
): Promise<Handled> => {
  const unanswered = UNANSWERED_ROUTES.get(message.routeKey);
  return unanswered
    ? takeMessage(application, message, unanswered, timeoutMs)
    : answerMessage(application, message, timeoutMs);
};
