import { Module } from '@nestjs/common';
import { TitleSuggestionController } from './title-suggestion.controller.js';

@Module({ controllers: [TitleSuggestionController] })
export class TitleSuggestionModule {}
