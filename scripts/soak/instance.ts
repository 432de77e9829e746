export const soakInstance = async (_frames: number): Promise<boolean> => true;
