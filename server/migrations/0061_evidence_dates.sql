-- When a document was issued: one that is good for some days only is looked at again when the application is registered.
alter table application_evidence add column issued_on date;
