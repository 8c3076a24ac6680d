/* What PROJ asks of curl, for which the answer is that there is no network. */
void *curl_easy_init(void) { return 0; }
void curl_easy_cleanup(void *handle) { (void)handle; }
int curl_easy_perform(void *handle) { return (void)handle, 7; /* CURLE_COULDNT_CONNECT */ }
int curl_easy_setopt(void *handle, int option, ...) { return (void)handle, (void)option, 4; /* CURLE_NOT_BUILT_IN */ }
int curl_easy_getinfo(void *handle, int asked, ...) { return (void)handle, (void)asked, 4; }
