import type { ru } from './ru.ts';

export const en: typeof ru = {
  title: 'Desk of an agency',
  pages: 'Sections',
  applications: 'Applications',
  papers: 'Manifests',
  messages: 'Messages',
  list: 'Applications in work',
  due: 'Decide by',
  toList: 'Back to the list',
  manifests: 'Manifests from and to centres',
  toCentre: 'Send results to centre No.',
  openManifest: 'Open a manifest',
  messagesTitle: 'Messages without an answer',
  resend: 'Send again',
  fault: 'Why',
  noMessages: 'Everything was delivered and answered.',
  messageStates: {
    waiting: 'to be sent',
    sending: 'being sent',
    sent: 'delivered, to be answered',
    rejected: 'not accepted by the agency',
    answered: 'answered',
    dead: 'not delivered',
  },
};
