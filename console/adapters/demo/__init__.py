"""The demo city: a Zhengzhou-like city generated from published figures."""
