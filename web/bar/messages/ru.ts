export const ru = {
  title: 'Напиток за долгое ожидание',
  open: (count: number): string => (count === 0 ? 'Сейчас никому не положен напиток' : `Ждут напиток: ${count}`),
  had: (count: number): string => `Уже выданы: ${count}`,
  drinks: { tea: 'Чай', coffee: 'Кофе', cocoa: 'Какао' },
};
