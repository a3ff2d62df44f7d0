import type { ru } from './ru.ts';

export const en: typeof ru = {
  title: 'Staff sign-in',
  signIn: 'Sign in',
  login: 'Login',
  password: 'Password',
  haveCode: 'I have an invitation code',
  havePassword: 'I have a password',
  codeTitle: 'Choose a password with a code',
  code: 'The code you were given',
  newPassword: 'New password, at least twelve signs',
  choose: 'Keep the password and sign in',
  secondTitle: 'Second factor',
  digits: 'Six digits of the app, or a recovery code',
  confirm: 'Confirm',
  setUpTitle: 'Setting up a second factor',
  setUpLead:
    'Your role needs a second factor. Add the key to an authenticator app and enter the six digits that it shows.',
  key: 'Key',
  onThisPhone: 'Open in the app on this device',
  sixDigits: 'Six digits',
  recoveryTitle: 'Recovery codes',
  recoveryLead: 'Each is good once, when the telephone is lost. Write them down now: they are not shown again.',
  written: 'Written down, go on',
  signedIn: (name) => `Signed in: ${name}`,
  office: 'To the office',
  out: 'Sign out',
};
