import type { ru } from './ru.ts';

export const en: typeof ru = {
  manifest: (number) => `Manifest ${number}`,
  states: { open: 'open', sealed: 'sealed, on its way', handed: 'not all handed over', closed: 'handed over' },
  directions: { out: 'to an agency', in: 'from an agency', between: 'between centres' },
  cameraOn: 'Scan with the camera',
  cameraOff: 'Switch the camera off',
  cameraPicture: 'Camera picture: hold the camera over the barcode',
  scanPaper: 'Scan a barcode',
  add: 'Add',
  takeOut: 'Take out',
  sealNumber: 'Number of the seal',
  sealIt: 'Seal for the courier',
  withoutMissing: 'Send without the missing papers',
  takeOver: 'Take over by the list',
  outcomes: { waiting: '—', handed: 'taken', refused: 'refused', missing: 'missing' },
  lateOnes: (numbers) => `Late: ${numbers}. They should have left earlier.`,
  print: 'Print',
  sheets: (count) => `sheets: ${count}`,
};
