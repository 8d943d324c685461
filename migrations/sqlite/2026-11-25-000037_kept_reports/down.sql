DROP TABLE report_schedule_progress;
DROP TABLE report_schedules;
DROP TABLE kept_reports;
DROP TABLE jobs;
