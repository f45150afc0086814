import { Module } from '@nestjs/common';
import { TitleSocketController } from './title-socket.controller.js';

@Module({ controllers: [TitleSocketController] })
export class TitleSocketModule {}
