/** A connection id like API Gateway's: 15 characters of base64url and `=`. */
export const memberId = (index: number): string =>
  `${Buffer.from(String(index * 7_919).padStart(11, '0')).toString('base64url')}=`;
