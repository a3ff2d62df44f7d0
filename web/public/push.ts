/** Lets a browser that can be told say so, from the page of an application; elsewhere the offer is not shown. */
export function enablePush(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-push]');
  if (form === null || !('serviceWorker' in navigator) || !('PushManager' in globalThis)) return;
  void fetch('/api/push-key')
    .then((answer) => answer.json() as Promise<{ key: string | null }>)
    .then(({ key }) => {
      if (key === null) return;
      form.hidden = false;
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        void offer(form, key);
      });
    });
}

async function offer(form: HTMLFormElement, key: string): Promise<void> {
  const status = form.querySelector<HTMLElement>('[role=status]');
  const button = form.querySelector('button');
  const isDone = await subscribe(form, key).catch(() => false);
  if (status !== null) status.textContent = (isDone ? status.dataset['done'] : status.dataset['refused']) ?? '';
  if (isDone && button !== null) button.hidden = true;
}

async function subscribe(form: HTMLFormElement, key: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  await navigator.serviceWorker.register('/teller.js', { scope: '/application' });
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  const data = new FormData(form);
  const answer = await fetch('/api/application-status/browsers', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      number: data.get('number'),
      code: data.get('code'),
      language: document.documentElement.lang === 'en' ? 'en' : 'ru',
      browser: { endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'] },
    }),
  });
  return answer.ok;
}
