"""The command language: a line of Chinese, English or pinyin, read into a filter, an act or a move."""
