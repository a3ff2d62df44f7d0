import type { ru } from './ru.ts';

export const en: typeof ru = {
  title: 'Pairing a device',
  lead: 'Choose the role of this device, and ask a member of staff to enter the code in the office, under “Devices”.',
  kinds: { kiosk: 'Kiosk', board: 'Board', window: 'Window screen', tablet: 'Tablet at a window' },
  code: 'Code of the device',
  fingerprint: (sign) => `Fingerprint of the key: ${sign}. The office must show the same.`,
  left: (seconds) => `The code is valid for another ${seconds} s`,
  over: 'The code has expired.',
  done: 'The device is paired. Opening its screen…',
  insecure: 'A device can be paired only at a secure address (https). Open this page there.',
};
