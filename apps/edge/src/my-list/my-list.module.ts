import { Module } from '@nestjs/common';
import { MyListController } from './my-list.controller.js';

@Module({ controllers: [MyListController] })
export class MyListModule {}
