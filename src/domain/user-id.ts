export type UserId = string;

const USER_ID = /^[A-Za-z0-9][A-Za-z0-9._:@|+-]{0,127}$/;

export const isUserId = (text: string): boolean => USER_ID.test(text);
